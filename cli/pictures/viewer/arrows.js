// arrows.js: two components as arrows

const ARROW_DISTANCE = 24;

// The length that 98 of 100 do not exceed, of some of the samples.
function usual_length(x_samples, y_samples) {
  const stride = Math.max(1, Math.floor(x_samples.length / 100000));
  const lengths = [];
  for (let i = 0; i < x_samples.length; i += stride) {
    const length = Math.hypot(x_samples[i], y_samples[i]);
    if (Number.isFinite(length)) lengths.push(length);
  }
  lengths.sort((a, b) => a - b);
  return lengths[Math.floor(0.98 * (lengths.length - 1))] || 0;
}

// Cells that are an arrow apart, the same ones wherever the view has been moved to.
function cells_apart(view, positions) {
  const cells = [];
  let last = -Infinity;
  positions.forEach((position, cell) => {
    const pixel = view.pixel(position);
    if (Math.abs(pixel - last) < ARROW_DISTANCE) return;
    last = pixel;
    if (position >= view.low && position <= view.high) cells.push(cell);
  });
  return cells;
}

// An arrow around its middle, to the right and down by so many pixels.
function add_arrow(path, x, y, right, down) {
  const length = Math.hypot(right, down);
  if (!(length > 0.5)) return;
  const head = Math.min(5, 0.5 * length) / length;
  const [tip_x, tip_y] = [x + right / 2, y + down / 2];
  path.moveTo(x - right / 2, y - down / 2);
  path.lineTo(tip_x, tip_y);
  path.moveTo(tip_x - head * (right + 0.6 * down), tip_y - head * (down - 0.6 * right));
  path.lineTo(tip_x, tip_y);
  path.lineTo(tip_x - head * (right - 0.6 * down), tip_y - head * (down + 0.6 * right));
}

// Seen on any colour.
function stroke_twice(context, path) {
  context.save();
  context.lineCap = context.lineJoin = 'round';
  context.strokeStyle = 'rgb(255 255 255 / 75%)';
  context.lineWidth = 3;
  context.stroke(path);
  context.strokeStyle = '#000';
  context.lineWidth = 1.2;
  context.stroke(path);
  context.restore();
}

// The same lengths mean the same at every step and zoom; longer ones end at 1.5
// distances.
function draw_arrows(context, map, arrows) {
  const path = new Path2D();
  const upwards = Math.sign(map.y.position(0) - map.y.position(1));
  const columns = cells_apart(map.x, map.x_axis.positions);
  for (const row of cells_apart(map.y, map.y_axis.positions)) {
    for (const column of columns) {
      const sample = map.first + row * map.x_axis.positions.length + column;
      const [right, up] = [arrows.x[sample], arrows.y[sample] * upwards];
      const pixels = ARROW_DISTANCE / Math.max(arrows.usual, Math.hypot(right, up) / 1.5);
      const x = map.x.pixel(map.x_axis.positions[column]);
      add_arrow(
          path, x, map.y.pixel(map.y_axis.positions[row]), right * pixels, -up * pixels);
    }
  }
  stroke_twice(context, path);
}

// How long a round length is.
function draw_arrow_key(context, box, arrows) {
  const [right, y] = [box.left + box.width, box.top + box.height + 32];
  const step = round_step(arrows.usual / 2);
  const text = `${tick_label(step, step, step)} ${arrows.unit}`.trim();
  write(context, text, right, y, 'right', 'middle');
  const length = (ARROW_DISTANCE * step) / arrows.usual;
  const path = new Path2D();
  add_arrow(path, right - context.measureText(text).width - 6 - length / 2, y, length, 0);
  stroke_twice(context, path);
}
