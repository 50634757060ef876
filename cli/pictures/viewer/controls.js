// controls.js: what people choose with, and what stands around a plot

const by_id = (id) => document.getElementById(id);

function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function add_button(text, action) {
  const button = element('button', {type: 'button', textContent: text});
  button.addEventListener('click', action);
  by_id('controls').append(button);
  return button;
}

// Buttons of which one is pressed.
function add_choice(title, names, chosen, choose) {
  if (names.length < 2) return;
  const buttons = names.map((name, i) => {
    const input =
        element('input', {type: 'radio', name: title, value: i, checked: i === chosen});
    input.addEventListener('change', () => choose(i));
    const text = element('span', {textContent: name});
    return element('label', {className: 'choice'}, [input, text]);
  });
  const choice =
      element('fieldset', {}, [element('span', {textContent: title}), ...buttons]);
  choice.setAttribute('aria-label', title);
  by_id('controls').append(choice);
}

function add_check_box(id, label, checked, choose) {
  const input = element('input', {type: 'checkbox', id, checked});
  input.addEventListener('change', () => choose(input.checked));
  by_id('controls').append(element('label', {}, [input, ...label]));
}

function add_slider({name, labels}, choose) {
  const input =
      element('input', {type: 'range', min: 0, max: labels.length - 1, value: 0});
  const output = element('output', {textContent: labels[0]});
  const walk = (place) => {
    input.value = place;
    output.textContent = labels[place];
    input.setAttribute('aria-valuetext', labels[place]);
    choose(place);
  };
  walk(0);
  input.addEventListener('input', () => walk(Number(input.value)));
  const label = element('label', {className: 'slider'}, [name, input, output]);
  by_id('controls').append(label);
  add_player(() => walk((Number(input.value) + 1) % labels.length), name);
}

function add_player(advance, name) {
  const pause = 500;
  let timer = 0;
  const button = add_button('▶', () => {
    timer = timer ? clearInterval(timer) : setInterval(advance, pause);
    button.textContent = timer ? '❚❚' : '▶';
  });
  button.setAttribute('aria-label', `play ${name}`);
}

// The plot with its title and captions as a file.
function save_png(plot, title, captions) {
  const ratio = window.devicePixelRatio;
  const [above, below] = [30, 18 * captions.length + 8];
  const [width, height] = [plot.width / ratio, plot.height / ratio];
  const canvas = document.createElement('canvas');
  const context = fresh_context(canvas, width, height + above + below);
  context.drawImage(plot, 0, above, width, height);
  captions.forEach((text, i) => {
    write(context, text, 8, above + height + 18 * i + 4, 'left', 'top');
  });
  context.font = FONT.replace('12px', '600 15px');
  write(context, fitted(context, title, width - 16), 8, 9, 'left', 'top');
  canvas.toBlob((blob) => {
    const href = URL.createObjectURL(blob);
    element('a', {href, download: `${title || 'picture'}.png`}).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
  });
}

function add_page_buttons(picture, plot) {
  add_button('Show all', () => plot.reset());
  add_button('Save PNG', () => save_png(by_id('plot'), picture.title, picture.captions));
}

function write_texts(picture) {
  by_id('title').textContent = picture.title;
  by_id('plot').setAttribute('aria-label', picture.title);
  const captions = picture.captions.map((textContent) => element('li', {textContent}));
  by_id('captions').append(...captions);
}

// What there is for a plot below its controls and above its captions.
function stage_size() {
  const canvas = by_id('plot');
  const page = document.querySelector('main');
  const others =
      page.getBoundingClientRect().height - canvas.getBoundingClientRect().height;
  const width = by_id('stage').clientWidth;
  return {width, height: Math.max(260, window.innerHeight - others - 4)};
}

// Calls at most once for each picture of the screen.
function once_a_frame(draw) {
  let waits = false;
  return () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      draw();
    });
  };
}
