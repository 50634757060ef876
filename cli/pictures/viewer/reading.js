// reading.js: the numbers at one place, beside it

function hide_reading() { by_id('reading').hidden = by_id('cursor').hidden = true; }

function row_of([name, value]) {
  const parts = [['name', name], ['value', value]];
  const texts =
      parts.map(([className, textContent]) => element('span', {className, textContent}));
  return element('div', {className: 'row'}, texts);
}

// Rows of a name and a text. The mark is where the numbers are from, the reading beside
// it.
function show_reading(rows, mark) {
  const reading = by_id('reading');
  const cursor = by_id('cursor');
  reading.replaceChildren(...rows.map(row_of));
  reading.hidden = cursor.hidden = false;
  // Near the right edge it would be measured as if there were no more room.
  reading.style.left = reading.style.top = '0';
  for (const name of ['left', 'top', 'width', 'height'])
    cursor.style[name] = `${mark[name]}px`;
  const stage = by_id('stage');
  const gap = 12;
  const right = mark.left + mark.width + gap;
  const fits = right + reading.offsetWidth <= stage.clientWidth;
  const left = fits ? right : mark.left - gap - reading.offsetWidth;
  const top = Math.min(mark.beside, stage.clientHeight - reading.offsetHeight);
  reading.style.left =
      `${Math.max(0, Math.min(left, stage.clientWidth - reading.offsetWidth))}px`;
  reading.style.top = `${Math.max(0, top)}px`;
}

function is_inside(box, {x, y}) {
  return x >= box.left && x < box.left + box.width && y >= box.top &&
      y < box.top + box.height;
}

function centre_of_box(box) {
  return {x: box.left + box.width / 2, y: box.top + box.height / 2};
}
