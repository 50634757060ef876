// reading.js: the numbers at one place, beside it

function hide_reading() { by_id('reading').hidden = by_id('cursor').hidden = true; }

function row_of([name, value]) {
  const parts = [['name', name], ['value', value]];
  const texts =
      parts.map(([className, textContent]) => element('span', {className, textContent}));
  return element('div', {className: 'row'}, texts);
}

const READING_GAP = 12;

// To the right of the mark or to its left, with its top where the mark says.
function place_beside(mark, stage, size) {
  const right = mark.left + mark.width + READING_GAP;
  const is_room = right + size.width <= stage.width;
  const left = is_room ? right : mark.left - READING_GAP - size.width;
  return {left, top: Math.min(mark.beside, stage.height - size.height)};
}

// Below all that is drawn, or, where the window ends before, above the mark.
function place_apart(mark, stage, size) {
  const top = Math.min(stage.height, window.innerHeight - stage.top - size.height);
  return {left: 0, top: top < mark.beside ? mark.top - READING_GAP - size.height : top};
}

// Rows of a name and a text. The mark is where the numbers are from.
function show_reading(rows, mark) {
  const [reading, cursor] = [by_id('reading'), by_id('cursor')];
  reading.replaceChildren(...rows.map(row_of));
  reading.hidden = cursor.hidden = false;
  for (const name of ['left', 'top', 'width', 'height']) {
    cursor.style[name] = `${mark[name]}px`;
  }
  // Near the right edge it would be measured as if there were no more room.
  reading.style.left = reading.style.top = '0';
  const size = reading.getBoundingClientRect();
  const stage = by_id('stage').getBoundingClientRect();
  const place = size.width > 0.55 * stage.width ? place_apart : place_beside;
  const {left, top} = place(mark, stage, size);
  const most_left = stage.width - size.width;
  reading.style.left = `${Math.max(0, Math.min(left, most_left))}px`;
  reading.style.top = `${Math.max(0, top)}px`;
}

function is_inside(box, {x, y}) {
  return x >= box.left && x < box.left + box.width && y >= box.top &&
      y < box.top + box.height;
}

function centre_of_box(box) {
  return {x: box.left + box.width / 2, y: box.top + box.height / 2};
}
