// field_map.js: the cells of a field, drawn between its axes

// The cell that a position lies in; borders ascend or descend.
function cell_at(borders, position) {
  const ascending = borders.at(-1) > borders[0];
  let [first, last] = [0, borders.length - 2];
  while (first < last) {
    const middle = (first + last + 1) >> 1;
    if (ascending ? borders[middle] <= position : borders[middle] >= position)
      first = middle;
    else
      last = middle - 1;
  }
  return first;
}

function view_of(axis) {
  const {borders} = axis;
  const widths = borders.slice(1).map((border, i) => Math.abs(border - borders[i]));
  const ends = [borders[0], borders.at(-1)];
  const finest = 2 * widths.reduce((a, b) => Math.min(a, b));
  return new AxisView(Math.min(...ends), Math.max(...ends), finest);
}

// The cell under each of the pixels of the screen from `start` on.
function cells_under(view, borders, start, length) {
  const ratio = window.devicePixelRatio;
  const count = Math.round(length * ratio);
  const position = (i) => view.position(start + (i + 0.5) / ratio);
  return Int32Array.from({length: count}, (_, i) => cell_at(borders, position(i)));
}

// Each pixel of the screen has the colour of the cell that it lies in.
function draw_cells(context, box, map, colour_of) {
  const ratio = window.devicePixelRatio;
  const columns = cells_under(map.x, map.x_axis.borders, box.left, box.width);
  const rows = cells_under(map.y, map.y_axis.borders, box.top, box.height);
  const image = context.createImageData(columns.length, rows.length);
  const pixels = new Uint32Array(image.data.buffer);
  const [ground, hatch] = map.missing.map(pixel_of);
  const period = Math.round(7 * ratio);
  let next = 0;
  rows.forEach((row, down) => {
    const start = map.first + row * map.x_axis.positions.length;
    for (let right = 0; right < columns.length; ++right) {
      const index = colour_index(map.range, map.samples[start + columns[right]]);
      const between = (right + down) % period < ratio ? hatch : ground;
      pixels[next++] = index === MISSING ? between : colour_of[index];
    }
  });
  context.putImageData(image, Math.round(box.left * ratio), Math.round(box.top * ratio));
}

// As large as there is room for; `aspect` (height over width of the cells) may make it
// smaller.
function map_box(room, aspect) {
  const {left, top} = room;
  const width = Math.min(room.width, aspect ? room.height / aspect : Infinity);
  const height = Math.min(room.height, aspect ? room.width * aspect : Infinity);
  return {left: sharp(left), top: sharp(top), width: sharp(width), height: sharp(height)};
}

function place_views(map, box) {
  map.x.place(box.left, box.left + box.width);
  const [top, bottom] = [box.top, box.top + box.height];
  if (map.y_axis.upwards === 'larger')
    map.y.place(bottom, top);
  else
    map.y.place(top, bottom);
}
