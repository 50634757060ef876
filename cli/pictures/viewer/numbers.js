// numbers.js: the numbers of a page, unpacked and as text

function bytes_of(base64) {
  const signs = atob(base64);
  const bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; ++i) bytes[i] = signs.charCodeAt(i);
  return bytes;
}

// Undoes `packed` of packed_numbers.hpp: base64, deflated, first bytes of all numbers
// first.
async function unpacked(element, Numbers) {
  const packed = new Blob([bytes_of(element.textContent)]).stream();
  const stream = packed.pipeThrough(new DecompressionStream('deflate'));
  const planes = new Uint8Array(await new Response(stream).arrayBuffer());
  const size = Numbers.BYTES_PER_ELEMENT;
  const count = planes.length / size;
  const bytes = new Uint8Array(planes.length);
  for (let plane = 0; plane < size; ++plane) {
    for (let i = 0; i < count; ++i) bytes[i * size + plane] = planes[plane * count + i];
  }
  element.remove();
  return new Numbers(bytes.buffer);
}

// As few digits as tell a float32 from its neighbours; at most 12 for what is none.
function number_text(value) {
  if (Number.isNaN(value)) return 'missing';
  if (!Number.isFinite(value) || Number.isSafeInteger(value)) return String(value);
  if (Math.fround(value) !== value) return String(Number(value.toPrecision(12)));
  let digits = 1;
  while (Math.fround(Number(value.toPrecision(digits))) !== value) ++digits;
  return String(Number(value.toPrecision(digits)));
}

// 2001-01-31, or with the time where it is not midnight; seconds count from 1970.
function date_text(seconds) {
  const date = new Date(Math.round(seconds * 1000));
  if (Number.isNaN(date.getTime())) return `${number_text(seconds)} s`;
  const time_of_day = /(T00:00:00|:00)?(\.000)?Z$/;
  return date.toISOString().replace(time_of_day, '').replace('Z', '').replace('T', ' ');
}

function position_text(axis, position) {
  return axis.values === 'dates' ? date_text(position) : number_text(position);
}
