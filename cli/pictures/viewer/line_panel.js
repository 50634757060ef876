// line_panel.js: lines over one axis

// The first of ascending positions that is not below.
function first_from(positions, position) {
  let [first, last] = [0, positions.length];
  while (first < last) {
    const middle = (first + last) >> 1;
    if (positions[middle] < position)
      first = middle + 1;
    else
      last = middle;
  }
  return first;
}

// Those that are seen, and one more on each side, to which lines lead.
function seen_samples(positions, view) {
  const first = Math.max(0, first_from(positions, view.low) - 1);
  const last = Math.min(positions.length, first_from(positions, view.high) + 2);
  return [first, last];
}

// From the least to the greatest of all values that are seen, and a little more.
function height_of(lines, positions, view) {
  let [least, most] = [Infinity, -Infinity];
  const first = first_from(positions, view.low);
  for (const {samples} of lines) {
    for (let i = first; i < positions.length && positions[i] <= view.high; ++i) {
      const value = samples[i];
      if (value < least && value !== -Infinity) least = value;
      if (value > most && value !== Infinity) most = value;
    }
  }
  if (!(least <= most)) return new AxisView(0, 1, 0);
  const margin = 0.05 * (most - least) || Math.abs(most) / 2 || 1;
  return new AxisView(least - margin, most + margin, 0);
}

// The line through all samples; one that is missing parts it.
function whole_path({positions, x, y}, samples, [first, last]) {
  const path = new Path2D();
  for (let i = first, is_open = false; i < last; ++i) {
    const is_there = Number.isFinite(samples[i]);
    if (is_there && is_open)
      path.lineTo(x.pixel(positions[i]), y.pixel(samples[i]));
    else if (is_there)
      path.moveTo(x.pixel(positions[i]), y.pixel(samples[i]));
    is_open = is_there;
  }
  return path;
}

// Looks the same where many samples share a pixel: first, least, greatest, last of each.
function pixel_path({positions, x, y}, samples, [first, last]) {
  const path = new Path2D();
  let is_open = false;
  for (let i = first; i < last;) {
    const pixel = Math.floor(x.pixel(positions[i]));
    const start = i;
    let [lowest, highest] = [-1, -1];
    for (; i < last && Math.floor(x.pixel(positions[i])) === pixel; ++i) {
      if (!Number.isFinite(samples[i])) continue;
      if (lowest < 0 || samples[i] < samples[lowest]) lowest = i;
      if (highest < 0 || samples[i] > samples[highest]) highest = i;
    }
    for (const k of [start, lowest, highest, i - 1].sort((a, b) => a - b)) {
      if (!Number.isFinite(samples[k])) continue;
      if (is_open)
        path.lineTo(pixel + 0.5, y.pixel(samples[k]));
      else
        path.moveTo(pixel + 0.5, y.pixel(samples[k]));
      is_open = true;
    }
    is_open = is_open && lowest >= 0;
  }
  return path;
}

// Where samples are far enough apart, and where one has no neighbours to be joined to.
function draw_dots(context, {positions, x, y}, samples, [first, last], are_far) {
  for (let i = first; i < last; ++i) {
    const is_alone = !Number.isFinite(samples[i - 1]) && !Number.isFinite(samples[i + 1]);
    if (!Number.isFinite(samples[i]) || !(are_far || is_alone)) continue;
    context.beginPath();
    context.arc(x.pixel(positions[i]), y.pixel(samples[i]), 2.5, 0, 2 * Math.PI);
    context.fill();
  }
}

function draw_line(context, width, plane, {samples, colour}) {
  const seen = seen_samples(plane.positions, plane.x);
  const count = seen[1] - seen[0];
  const path_of = count > 4 * width ? pixel_path : whole_path;
  context.fillStyle = context.strokeStyle = colour;
  context.lineWidth = 1.4;
  context.lineJoin = 'round';
  context.stroke(path_of(plane, samples, seen));
  draw_dots(context, plane, samples, seen, count < width / 8);
}

// A plane: positions, and the views x and y of them and of the samples.
function draw_panel(context, box, plane, lines) {
  const {y} = plane;
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  if (y.low < 0 && y.high > 0) {
    context.strokeStyle = '#ccc';
    line(context, box.left, y.pixel(0), box.left + box.width, y.pixel(0));
  }
  for (const one of lines) draw_line(context, box.width, plane, one);
  context.restore();
  draw_border(context, box);
}
