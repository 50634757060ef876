// colour_bar.js: which colour a value has

// One index of a byte is left for missing samples.
const MISSING = 255;

// As a pixel of ImageData, whose bytes are red, green, blue and opacity.
function pixel_of(hex) {
  const colour = parseInt(hex.slice(1), 16);
  return ((255 << 24) | ((colour & 255) << 16) | (colour & 0xff00) | (colour >> 16)) >>>
      0;
}

// The parts of equal length that colour_index of colour_map.hpp cuts a range into.
function colour_index(range, value) {
  if (Number.isNaN(value)) return MISSING;
  let fraction = (value / 2 - range.low / 2) / (range.high / 2 - range.low / 2);
  if (range.is_cyclic) fraction -= Math.floor(fraction);
  if (!(fraction > 0)) return 0;
  return fraction >= 1 ? MISSING - 1 : Math.floor(fraction * MISSING);
}

// That of a layer, or one that holds all its samples: nothing where there is none.
function range_to_extremes(layer) {
  const {scale, least, most} = layer;
  if (scale === 'cyclic' || !(least < most)) return null;
  const reach = Math.max(Math.abs(least), Math.abs(most));
  return scale === 'diverging' ? {low: -reach, high: reach} : {low: least, high: most};
}

const BAR_WIDTH = 16;

// A tip beyond an end of the bar says that there are samples beyond it.
function draw_tip(context, left, edge, tip, colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(left, edge);
  context.lineTo(left + BAR_WIDTH / 2, tip);
  context.lineTo(left + BAR_WIDTH, edge);
  context.fill();
  context.stroke();
}

function bar_ticks(range, height) {
  const view = new AxisView(range.low, range.high, 0);
  return ticks_beside({values: 'numbers'}, view, height);
}

function bar_room(context, range, height) {
  return BAR_WIDTH + widest(context, bar_ticks(range, height).map((tick) => tick.label)) +
      44;
}

function draw_colour_bar(context, box, layer, range, colours) {
  const view = new AxisView(range.low, range.high, 0);
  const bottom = box.top + box.height;
  view.place(bottom, box.top);
  const part = box.height / colours.length;
  colours.forEach((colour, i) => {
    context.fillStyle = colour;
    const top = sharp(bottom - (i + 1) * part);
    context.fillRect(box.left, top, BAR_WIDTH, sharp(bottom - i * part) - top);
  });
  draw_border(context, {...box, width: BAR_WIDTH});
  if (layer.least < range.low)
    draw_tip(context, box.left, bottom, bottom + 10, colours[0]);
  if (layer.most > range.high)
    draw_tip(context, box.left, box.top, box.top - 10, colours.at(-1));
  context.fillStyle = INK;
  const ticks = bar_ticks(range, box.height);
  for (const {position, label} of ticks) {
    const y = view.pixel(position);
    line(context, box.left + BAR_WIDTH, y, box.left + BAR_WIDTH + TICK, y);
    write(context, label, box.left + BAR_WIDTH + TICK + 3, y, 'left', 'middle');
  }
  const x =
      box.left + BAR_WIDTH + TICK + 16 + widest(context, ticks.map((tick) => tick.label));
  write_upwards(
      context, fitted(context, layer.title, box.height), x, box.top + box.height / 2);
}
