// ticks.js: round positions along an axis, with their labels

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CLOCK_STEPS = [
  1,
  5,
  15,
  30,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
  10 * DAY,
];

// The next of 1, 2 and 5 times a power of ten.
function round_step(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= step * (1 - 1e-9));
}

function multiples_of(step, low, high) {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Beyond these integers k + 1 may be k.
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) return [low, high];
  const ticks = [];
  for (let k = first; k <= last; ++k) ticks.push(k * step);
  return ticks;
}

// Digits down to those of the step, with an exponent where plain ones would be long.
function tick_label(value, step, largest) {
  const last = Math.floor(Math.log10(step) + 1e-9);
  if (Math.abs(value) < step / 2) return '0';
  if (largest < 1e6 && largest >= 1e-3) return value.toFixed(Math.max(0, -last));
  const first = Math.floor(Math.log10(Math.abs(value)) + 1e-9);
  return value.toExponential(Math.max(0, first - last)).replace('e+', 'e');
}

function number_ticks(low, high, most) {
  const step = round_step((high - low) / most);
  const positions = multiples_of(step, low, high);
  const largest = Math.max(...positions.map(Math.abs));
  return positions.map(
      (position) => ({position, label: tick_label(position, step, largest)}));
}

function month_ticks(low, high, months) {
  const ticks = [];
  const first = new Date(low * 1000);
  const start = first.getUTCFullYear() * 12 + first.getUTCMonth();
  for (let month = Math.floor(start / months) * months;; month += months) {
    // Date.UTC would take the years 0 to 99 for those of the last century.
    const date = new Date(0);
    date.setUTCFullYear(Math.floor(month / 12), month - 12 * Math.floor(month / 12), 1);
    const position = date.getTime() / 1000;
    if (!(position <= high)) return ticks;
    const text = date_text(position);
    if (position >= low)
      ticks.push({position, label: text.slice(0, months < 12 ? -3 : -6)});
  }
}

function clock_ticks(low, high, step) {
  return multiples_of(step, low, high).map((position) => {
    const [date, time] = date_text(position).split(' ');
    return {position, label: time ?? date};
  });
}

function date_ticks(low, high, most) {
  const wanted = (high - low) / most;
  if (wanted < 1) return clock_ticks(low, high, round_step(wanted));
  const step = CLOCK_STEPS.find((seconds) => seconds >= wanted);
  if (step) return clock_ticks(low, high, step);
  const months = [1, 3, 6].find((count) => count * 30 * DAY >= wanted);
  return month_ticks(
      low, high, months ?? 12 * round_step(Math.max(1, wanted / (365 * DAY))));
}

function ticks_of(axis, view, most) {
  const ticks = axis.values === 'dates' ? date_ticks : number_ticks;
  return ticks(view.low, view.high, Math.max(1, most));
}

function ticks_below(context, axis, view, width) {
  const labels = ticks_of(axis, view, width / 100).map((tick) => tick.label);
  return ticks_of(axis, view, Math.min(14, width / (widest(context, labels) + 24)));
}

function ticks_beside(axis, view, height) {
  return ticks_of(axis, view, Math.min(12, height / 28));
}
