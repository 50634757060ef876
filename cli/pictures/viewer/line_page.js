// line_page.js: lines to look around in

class LinePage {
  #picture;
  #positions;
  #lines;
  #at = -1;
  #x;
  #boxes = [{ left: 0, top: 0, width: 1, height: 1 }];
  #heights = [];

  // The numbers: positions, then the samples of each line.
  constructor(picture, [positions, ...samples]) {
    this.#picture = picture;
    if (positions.at(-1) < positions[0]) [positions, ...samples].forEach((numbers) => numbers.reverse());
    this.#positions = positions;
    this.#lines = lines_of(picture, samples);
    this.#x = line_view(positions);
    this.draw = once_a_frame(() => this.#draw_now());
    for (const one of this.#lines) this.#add_to_legend(one);
    add_page_buttons(picture, this);
    window.addEventListener("resize", this.draw);
    this.draw();
  }

  // For tests: what is shown, in the positions of the axes and the units of the page.
  state() {
    return {
      lines: this.#lines.filter((one) => one.is_shown).map((one) => one.name),
      x: [this.#x.low, this.#x.high], y: this.#heights.map((view) => [view.low, view.high]),
      boxes: this.#boxes.map((box) => ({ ...box })),
    };
  }

  point(place) {
    const [first, last] = [this.#boxes[0], this.#boxes.at(-1)];
    const all = { ...first, height: last.top + last.height - first.top };
    if (!is_inside(all, place)) return this.leave();
    this.#at = nearest(this.#positions, this.#x.position(place.x));
    this.#read(place.y);
  }

  leave() {
    this.#at = -1;
    hide_reading();
  }

  zoom(factor, { x }) {
    this.#x.zoom(factor, x);
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
    const { x, y } = centre_of_box(this.#boxes[0]);
    return { x: this.#at < 0 ? x : this.#x.pixel(this.#positions[this.#at]), y };
  }

  step(right) {
    const next = this.#at < 0 ? nearest(this.#positions, this.#x.position(this.centre().x)) : this.#at + right;
    this.#at = Math.min(Math.max(next, 0), this.#positions.length - 1);
    this.#x.include(this.#positions[this.#at]);
    this.draw();
  }

  #add_to_legend(one) {
    const swatch = element("span", { className: "swatch" });
    swatch.style.background = one.colour;
    const choose = (on) => {
      one.is_shown = on;
      this.draw();
    };
    add_check_box(`line-${this.#lines.indexOf(one)}`, [swatch, one.name], true, choose);
  }

  #shown_in(panel) {
    return this.#lines.filter((one) => one.panel === panel && one.is_shown);
  }

  #lay_out(context, stage) {
    const { panels } = this.#picture;
    const gap = 14;
    const height = (stage.height - 62) / panels.length - gap;
    this.#heights = panels.map((_, i) => height_of(this.#shown_in(i), this.#positions, this.#x));
    const labels = this.#heights.flatMap((view) => ticks_of({}, view, height / 45).map((tick) => tick.label));
    const left = sharp(widest(context, labels) + TICK + 28);
    this.#boxes = panels.map((_, i) => ({
      left, top: sharp(gap + i * (height + gap)), width: sharp(Math.max(40, stage.width - left - 20)), height: sharp(height),
    }));
    this.#x.place(left, left + this.#boxes[0].width);
    this.#heights.forEach((view, i) => view.place(this.#boxes[i].top + this.#boxes[i].height, this.#boxes[i].top));
  }

  #draw_now() {
    const canvas = by_id("plot");
    const stage = stage_size();
    const context = fresh_context(canvas, stage.width, stage.height);
    this.#lay_out(context, stage);
    this.#picture.panels.forEach(({ title }, i) => {
      draw_panel(context, this.#boxes[i], this.#positions, this.#shown_in(i), this.#x, this.#heights[i]);
      draw_y_axis(context, this.#boxes[i], { title }, this.#heights[i]);
    });
    draw_x_axis(context, this.#boxes.at(-1), this.#picture.x, this.#x);
    if (this.#at >= 0) this.#read(this.#boxes[0].top);
  }

  #read(y) {
    const { x } = this.#picture;
    const position = this.#positions[this.#at];
    const shown = this.#lines.filter((one) => one.is_shown);
    const values = shown.map((one) => [one.name, number_text(one.samples[this.#at])]);
    const [first, last] = [this.#boxes[0], this.#boxes.at(-1)];
    const mark = { left: this.#x.pixel(position), top: first.top, width: 1, height: last.top + last.height - first.top };
    show_reading([[x.name, position_text(x, position)], ...values], { ...mark, beside: y + 12 });
    by_id("cursor").className = "upright";
  }
}

function lines_of({ panels }, samples) {
  const lines = panels.flatMap(({ lines: names }, panel) => names.map((name) => ({ name, panel, is_shown: true })));
  lines.forEach((one, i) => Object.assign(one, { samples: samples[i], colour: LINE_COLOURS[i % LINE_COLOURS.length] }));
  return lines;
}

// At least two neighbours stay in view.
function line_view(positions) {
  const [least, most] = [positions[0], positions.at(-1)];
  if (!(least < most)) return new AxisView(least - 0.5, least + 0.5, 1);
  let finest = most - least;
  for (let i = 1; i < positions.length; ++i) finest = Math.min(finest, positions[i] - positions[i - 1] || finest);
  return new AxisView(least, most, 2 * finest);
}

function nearest(positions, position) {
  const above = Math.min(first_from(positions, position), positions.length - 1);
  const is_below_nearer = above > 0 && position - positions[above - 1] < positions[above] - position;
  return is_below_nearer ? above - 1 : above;
}
