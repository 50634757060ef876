// gestures.js: what wheel, pointers, fingers and keys mean to a plot

function place_of(event, element) {
  const box = element.getBoundingClientRect();
  return {x: event.clientX - box.left, y: event.clientY - box.top};
}

function centre_of(places) {
  const sum =
      (name) => [...places.values()].reduce((total, place) => total + place[name], 0);
  return {x: sum('x') / places.size, y: sum('y') / places.size};
}

function spread_of(places) {
  const [first, second] = places.values();
  return second ? Math.hypot(first.x - second.x, first.y - second.y) : 1;
}

// One pointer that is pressed drags, two also zoom; none reads.
function listen_to_pointers(element, plot) {
  const pressed = new Map();
  element.addEventListener('pointerdown', (event) => {
    element.setPointerCapture(event.pointerId);
    pressed.set(event.pointerId, place_of(event, element));
    plot.point(place_of(event, element));
  });
  element.addEventListener('pointermove', (event) => {
    const place = place_of(event, element);
    if (pressed.has(event.pointerId)) {
      const before = {...centre_of(pressed), spread: spread_of(pressed)};
      pressed.set(event.pointerId, place);
      const after = centre_of(pressed);
      plot.zoom(spread_of(pressed) / before.spread, after);
      plot.move(after.x - before.x, after.y - before.y);
    }
    plot.point(place);
  });
  const release = (event) => pressed.delete(event.pointerId);
  element.addEventListener('pointerup', release);
  element.addEventListener('pointercancel', release);
  element.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'mouse') plot.leave();
  });
}

function listen_to_wheel(element, plot) {
  const pixels_of_line = 33;
  element.addEventListener('wheel', (event) => {
    event.preventDefault();
    const is_in_lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE;
    const pixels = event.deltaY * (is_in_lines ? pixels_of_line : 1);
    const place = place_of(event, element);
    plot.zoom(Math.exp(-pixels / 400), place);
    plot.point(place);
  }, {passive: false});
  element.addEventListener('dblclick', () => plot.reset());
}

function listen_to_keys(element, plot) {
  const actions = {
    ArrowLeft: () => plot.step(-1, 0),
    ArrowRight: () => plot.step(1, 0),
    ArrowUp: () => plot.step(0, -1),
    ArrowDown: () => plot.step(0, 1),
    '+': () => plot.zoom(1.5, plot.centre()),
    '=': () => plot.zoom(1.5, plot.centre()),
    '-': () => plot.zoom(1 / 1.5, plot.centre()),
    0: () => plot.reset(),
    Escape: () => plot.leave(),
  };
  element.addEventListener('keydown', (event) => {
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });
}

function listen(element, plot) {
  listen_to_pointers(element, plot);
  listen_to_wheel(element, plot);
  listen_to_keys(element, plot);
}
