// line_page.js: lines to look around in

class LinePage {
  #picture;
  #positions;
  #lines;
  #at = -1;
  #beside = 0;
  #x;
  #boxes = [{left: 0, top: 0, width: 1, height: 1}];
  #heights = [];

  // The numbers: positions, then the samples of each line.
  constructor(picture, [positions, ...samples]) {
    this.#picture = picture;
    const descends = positions.at(-1) < positions[0];
    if (descends) [positions, ...samples].forEach((numbers) => numbers.reverse());
    this.#positions = positions;
    this.#lines = lines_of(picture, samples);
    this.#x = line_view(positions);
    this.draw = once_a_frame(() => this.#draw_now());
    for (const one of this.#lines) this.#add_to_legend(one);
    add_page_buttons(picture, this);
    window.addEventListener('resize', this.draw);
    this.draw();
  }

  // For tests: what is shown, in the positions of the axes and the units of the page.
  state() {
    return {
      lines: this.#lines.filter((one) => one.is_shown).map((one) => one.name),
      x: [this.#x.low, this.#x.high],
      y: this.#heights.map((view) => [view.low, view.high]),
      boxes: this.#boxes,
    };
  }

  point(place) {
    if (!is_inside(this.#all_boxes(), place)) return this.leave();
    this.#at = nearest(this.#positions, this.#x.position(place.x));
    this.#beside = place.y + 12;
    this.#read();
  }

  leave() {
    this.#at = -1;
    hide_reading();
  }

  zoom(factor, {x}) {
    this.#x.zoom(Math.min(factor, this.#x.most_zoom), x);
    this.draw();
  }

  move(right) {
    this.#x.move(right);
    this.draw();
  }

  reset() {
    this.#x.reset();
    this.draw();
  }

  centre() {
    const {x, y} = centre_of_box(this.#boxes[0]);
    return {x: this.#at < 0 ? x : this.#x.pixel(this.#positions[this.#at]), y};
  }

  step(right) {
    if (this.#at < 0) return this.point(this.centre());
    this.#at = Math.min(Math.max(this.#at + right, 0), this.#positions.length - 1);
    this.#x.include(this.#positions[this.#at]);
    this.draw();
  }

  #add_to_legend(one) {
    const swatch = element('span', {className: 'swatch'});
    swatch.style.background = one.colour;
    const choose = (on) => {
      one.is_shown = on;
      this.draw();
    };
    const id = `line-${this.#lines.indexOf(one)}`;
    add_check_box(id, [swatch, one.name], true, choose);
  }

  #all_boxes() {
    const [first, last] = [this.#boxes[0], this.#boxes.at(-1)];
    return {...first, height: last.top + last.height - first.top};
  }

  #shown_in(panel) {
    return this.#lines.filter((one) => one.panel === panel && one.is_shown);
  }

  #lay_out(context, stage) {
    const {panels} = this.#picture;
    const height = (stage.height - BELOW) / panels.length - ABOVE;
    this.#heights =
        panels.map((_, i) => height_of(this.#shown_in(i), this.#positions, this.#x));
    const left = room_beside(context, this.#heights.map((view) => [{}, view]), height);
    const width = sharp(Math.max(40, stage.width - left - GAP));
    this.#x.place(left, left + width);
    this.#boxes = this.#heights.map((view, i) => {
      const top = sharp(ABOVE + i * (height + ABOVE));
      view.place(top + sharp(height), top);
      return {left, top, width, height: sharp(height)};
    });
  }

  #draw_now() {
    const canvas = by_id('plot');
    const stage = stage_size();
    const context = fresh_context(canvas, stage.width, stage.height);
    this.#lay_out(context, stage);
    this.#picture.panels.forEach(({title}, i) => {
      const [box, y] = [this.#boxes[i], this.#heights[i]];
      draw_panel(
          context, box, {positions: this.#positions, x: this.#x, y}, this.#shown_in(i));
      draw_y_axis(context, box, {title}, y);
    });
    draw_x_axis(context, this.#boxes.at(-1), this.#picture.x, this.#x);
    if (this.#at >= 0) this.#read();
  }

  #read() {
    const {x} = this.#picture;
    const position = this.#positions[this.#at];
    const shown = this.#lines.filter((one) => one.is_shown);
    const values = shown.map((one) => [one.name, number_text(one.samples[this.#at])]);
    const left = this.#x.pixel(position);
    const mark = {...this.#all_boxes(), left, width: 1, beside: this.#beside};
    by_id('cursor').className = 'upright';
    show_reading([[x.title, position_text(x, position)], ...values], mark);
  }
}

function lines_of({panels, colours}, samples) {
  const names = panels.flatMap((one, panel) => one.lines.map((name) => ({name, panel})));
  return names.map((name, i) => {
    const colour = colours[i % colours.length];
    return {...name, colour, samples: samples[i], is_shown: true};
  });
}

// At least two neighbours stay in view.
function line_view(positions) {
  const [least, most] = [positions[0], positions.at(-1)];
  if (!(least < most)) return new AxisView(least - 0.5, least + 0.5, 1);
  let finest = most - least;
  for (let i = 1; i < positions.length; ++i) {
    finest = Math.min(finest, positions[i] - positions[i - 1] || finest);
  }
  return new AxisView(least, most, 2 * finest);
}

function nearest(positions, position) {
  const above = Math.min(first_from(positions, position), positions.length - 1);
  const is_below_nearer =
      above > 0 && position - positions[above - 1] < positions[above] - position;
  return is_below_nearer ? above - 1 : above;
}
