// field_page.js: a field to look around in

class FieldPage {
  #picture;
  #samples;
  #colours = {};
  #arrows = null;
  #shown;
  #cell = null;
  #x;
  #y;
  #box = {left: 0, top: 0, width: 1, height: 1};

  constructor(picture, samples) {
    this.#picture = picture;
    this.#samples = samples;
    const steps = picture.sliders.map(() => 0);
    this.#shown = {...picture.shown, to_extremes: false, steps};
    this.#x = view_of(picture.x);
    this.#y = view_of(picture.y);
    for (const [scale, colours] of Object.entries(picture.colours)) {
      this.#colours[scale] = {hex: colours, pixels: Uint32Array.from(colours, pixel_of)};
    }
    this.draw = once_a_frame(() => this.#draw_now());
    this.#add_controls();
    window.addEventListener('resize', this.draw);
    this.draw();
  }

  // For tests: what is shown, in the positions of the axes and the units of the page.
  state() {
    const seen = (view) => [view.low, view.high];
    return {
      ...this.#shown,
      range: this.#range(),
      x: seen(this.#x),
      y: seen(this.#y),
      box: this.#box,
    };
  }

  point(place) {
    if (!is_inside(this.#box, place)) return this.leave();
    this.#cell = {
      column: cell_at(this.#picture.x.borders, this.#x.position(place.x)),
      row: cell_at(this.#picture.y.borders, this.#y.position(place.y)),
    };
    this.#read();
  }

  leave() {
    this.#cell = null;
    hide_reading();
  }

  // Both axes by the same factor, or a picture would not stay to scale.
  zoom(factor, {x, y}) {
    const both = Math.min(factor, Math.max(this.#x.most_zoom, this.#y.most_zoom));
    this.#x.zoom(both, x);
    this.#y.zoom(both, y);
    this.draw();
  }

  move(right, down) {
    this.#x.move(right);
    this.#y.move(down);
    this.draw();
  }

  reset() {
    this.#x.reset();
    this.#y.reset();
    this.draw();
  }

  centre() {
    if (!this.#cell) return centre_of_box(this.#box);
    const {x, y} = this.#picture;
    return {
      x: this.#x.pixel(x.positions[this.#cell.column]),
      y: this.#y.pixel(y.positions[this.#cell.row]),
    };
  }

  // To the next cell on the screen, which the view follows.
  step(right, down) {
    if (!this.#cell) return this.point(this.centre());
    const {x, y} = this.#picture;
    this.#cell.column = next_cell(x, this.#x, this.#cell.column, right);
    this.#cell.row = next_cell(y, this.#y, this.#cell.row, down);
    this.#x.include(x.positions[this.#cell.column]);
    this.#y.include(y.positions[this.#cell.row]);
    this.draw();
  }

  #add_controls() {
    const {layers, arrows, sliders} = this.#picture;
    const names = layers.map((layer) => layer.name);
    add_choice('layer', names, this.#shown.layer, (layer) => this.#show({layer}));
    if (arrows) {
      const units = [layers[arrows.x].unit, layers[arrows.y].unit];
      const usual = usual_length(this.#samples[arrows.x], this.#samples[arrows.y]);
      this.#arrows = {unit: units[0] === units[1] ? units[0] : '', usual};
      const show = (has_arrows) => this.#show({has_arrows});
      add_check_box('arrows', ['arrows'], this.#shown.has_arrows, show);
    }
    const title = 'colours to the extremes';
    add_check_box('extremes', [title], false, (to_extremes) => this.#show({to_extremes}));
    add_page_buttons(this.#picture, this);
    sliders.forEach((slider, i) => {
      add_slider(
          slider, (place) => this.#show({steps: this.#shown.steps.with(i, place)}));
    });
  }

  #show(change) {
    Object.assign(this.#shown, change);
    this.draw();
  }

  #range() {
    const layer = this.#picture.layers[this.#shown.layer];
    return (this.#shown.to_extremes && range_to_extremes(layer)) ||
        {low: layer.low, high: layer.high};
  }

  // The first sample of the step of the sliders.
  #first() {
    const {x, y, sliders} = this.#picture;
    const {steps} = this.#shown;
    const step =
        sliders.reduce((sum, slider, i) => sum * slider.labels.length + steps[i], 0);
    return step * x.positions.length * y.positions.length;
  }

  #map() {
    const {x, y, missing, layers} = this.#picture;
    const is_cyclic = layers[this.#shown.layer].scale === 'cyclic';
    return {
      x: this.#x,
      y: this.#y,
      x_axis: x,
      y_axis: y,
      missing,
      first: this.#first(),
      samples: this.#samples[this.#shown.layer],
      range: {...this.#range(), is_cyclic},
    };
  }

  // Makes room for axes and a bar of colours around the cells; returns the height of it
  // all.
  #lay_out(context, stage, range) {
    const height = stage.height - ABOVE - BELOW;
    const left = room_beside(context, [[this.#picture.y, this.#y]], height);
    const width = stage.width - left - GAP - bar_room(context, range, height);
    const room = {left, top: ABOVE, width: Math.max(40, width), height};
    const [wide, high] = [this.#x, this.#y].map((view) => view.most - view.least);
    this.#box = map_box(room, this.#picture.is_to_scale ? high / wide : 0);
    place_views(this.#map(), this.#box);
    return ABOVE + this.#box.height + BELOW;
  }

  #draw_now() {
    const canvas = by_id('plot');
    const layer = this.#picture.layers[this.#shown.layer];
    const colours = this.#colours[layer.scale];
    by_id('extremes').disabled = !range_to_extremes(layer);
    const map = this.#map();
    const stage = stage_size();
    const measure = canvas.getContext('2d');
    measure.font = FONT;
    const height = this.#lay_out(measure, stage, map.range);
    const context = fresh_context(canvas, stage.width, height);
    draw_cells(context, this.#box, map, colours.pixels);
    if (this.#shown.has_arrows) this.#draw_arrows_over(context, map);
    draw_border(context, this.#box);
    draw_x_axis(context, this.#box, this.#picture.x, this.#x);
    draw_y_axis(context, this.#box, this.#picture.y, this.#y);
    const bar = {...this.#box, left: this.#box.left + this.#box.width + GAP};
    draw_colour_bar(context, bar, layer, map.range, colours.hex);
    if (this.#cell) this.#read();
  }

  #draw_arrows_over(context, map) {
    const {x, y} = this.#picture.arrows;
    const arrows = {...this.#arrows, x: this.#samples[x], y: this.#samples[y]};
    if (!(arrows.usual > 0)) return;
    context.save();
    context.beginPath();
    context.rect(this.#box.left, this.#box.top, this.#box.width, this.#box.height);
    context.clip();
    draw_arrows(context, map, arrows);
    context.restore();
    draw_arrow_key(context, this.#box, arrows);
  }

  #read() {
    const {x, y, layers} = this.#picture;
    const {column, row} = this.#cell;
    const sample = this.#first() + row * x.positions.length + column;
    const values = layers.map((layer, i) => {
      const value = this.#samples[i][sample];
      const unit = Number.isNaN(value) ? '' : layer.unit;
      return [layer.name, `${number_text(value)} ${unit}`.trim()];
    });
    const x_row = [x.title, position_text(x, x.positions[column])];
    const y_row = [y.title, position_text(y, y.positions[row])];
    show_reading([x_row, y_row, ...values], this.#outline(column, row));
  }

  // Of a cell, as far as it is seen.
  #outline(column, row) {
    const {left, top, width, height} = this.#box;
    const ends = (view, {borders}, cell, first, length) => {
      const pixels = [view.pixel(borders[cell]), view.pixel(borders[cell + 1])];
      const inside =
          pixels.map((pixel) => Math.min(Math.max(pixel, first), first + length));
      return [Math.min(...inside), Math.abs(inside[1] - inside[0])];
    };
    const [x, wide] = ends(this.#x, this.#picture.x, column, left, width);
    const [y, high] = ends(this.#y, this.#picture.y, row, top, height);
    return {left: x, top: y, width: wide, height: high, beside: y + high + 12};
  }
}

function next_cell(axis, view, cell, pixels) {
  const ascends = axis.borders.at(-1) > axis.borders[0];
  const next = cell + (view.high_pixel > view.low_pixel === ascends ? pixels : -pixels);
  return Math.min(Math.max(next, 0), axis.positions.length - 1);
}
