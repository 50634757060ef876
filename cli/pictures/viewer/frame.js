// frame.js: canvases, and axes around what is drawn in them

const FONT = '12px system-ui, "Segoe UI", "DejaVu Sans", sans-serif';
const INK = '#222';
const TICK = 5;

// What is left free above and below a plot with its axis, and between two.
const ABOVE = 14;
const BELOW = 52;
const GAP = 14;

// Clears a canvas of so many units, each as many pixels as the screen has; returns its
// context.
function fresh_context(canvas, width, height) {
  const ratio = window.devicePixelRatio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = context.strokeStyle = INK;
  context.font = FONT;
  return context;
}

// Edges lie between pixels of the screen.
function sharp(length) {
  return Math.round(length * window.devicePixelRatio) / window.devicePixelRatio;
}

function widest(context, labels) {
  return Math.max(0, ...labels.map((label) => context.measureText(label).width));
}

function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

// As much of a text as there is room for.
function fitted(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 0 && context.measureText(`${text.slice(0, length)}…`).width > room)
    --length;
  return `${text.slice(0, length)}…`;
}

function write(context, text, x, y, align, baseline) {
  context.textAlign = align;
  context.textBaseline = baseline;
  context.fillText(text, x, y);
}

function write_upwards(context, text, x, y) {
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  write(context, text, 0, 0, 'center', 'middle');
  context.restore();
}

function draw_x_axis(context, box, axis, view) {
  const bottom = box.top + box.height;
  for (const {position, label} of ticks_below(context, axis, view, box.width)) {
    const x = view.pixel(position);
    line(context, x, bottom, x, bottom + TICK);
    write(context, label, x, bottom + TICK + 3, 'center', 'top');
  }
  const title = fitted(context, axis.title, box.width);
  write(context, title, box.left + box.width / 2, bottom + 25, 'center', 'top');
}

function draw_y_axis(context, box, axis, view) {
  const ticks = ticks_beside(axis, view, box.height);
  for (const {position, label} of ticks) {
    const y = view.pixel(position);
    line(context, box.left - TICK, y, box.left, y);
    write(context, label, box.left - TICK - 3, y, 'right', 'middle');
  }
  const labels_width = widest(context, ticks.map((tick) => tick.label));
  const x = Math.max(8, box.left - TICK - labels_width - 16);
  write_upwards(
      context, fitted(context, axis.title, box.height), x, box.top + box.height / 2);
}

// The width of ticks, labels and a title, which is as wide for all.
function room_beside(context, axes, height) {
  const labels = axes.flatMap(([axis, view]) => ticks_beside(axis, view, height));
  return sharp(widest(context, labels.map((tick) => tick.label)) + TICK + 28);
}

function draw_border(context, box) {
  context.strokeRect(box.left, box.top, box.width, box.height);
}
