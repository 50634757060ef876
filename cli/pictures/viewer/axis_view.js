// axis_view.js: which positions of an axis are seen, and where

class AxisView {
  // From least to most is seen at first; a part as short as `finest` is of use.
  constructor(least, most, finest) {
    this.least = least;
    this.most = most;
    this.finest = Math.min(finest, most - least);
    this.place(0, 1);
    this.reset();
  }

  reset() {
    this.low = this.least;
    this.high = this.most;
  }

  // Pixels at which low and high lie; the second may be the smaller.
  place(low_pixel, high_pixel) {
    this.low_pixel = low_pixel;
    this.high_pixel = high_pixel;
  }

  pixel(position) {
    const fraction = (position - this.low) / (this.high - this.low);
    return this.low_pixel + fraction * (this.high_pixel - this.low_pixel);
  }

  position(pixel) {
    const fraction = (pixel - this.low_pixel) / (this.high_pixel - this.low_pixel);
    return this.low + fraction * (this.high - this.low);
  }

  // How much larger what is seen may become.
  get most_zoom() { return (this.high - this.low) / this.finest; }

  // What lies at the pixel stays there, unless all would be seen and more.
  zoom(factor, pixel) {
    const fixed = this.position(pixel);
    const share = (fixed - this.low) / (this.high - this.low);
    const span = (this.high - this.low) / factor;
    this.#show(fixed - share * span, span);
  }

  move(pixels) {
    const span = this.high - this.low;
    this.#show(this.low - (pixels / (this.high_pixel - this.low_pixel)) * span, span);
  }

  // Moves as far as a position needs to be seen.
  include(position) {
    const span = this.high - this.low;
    if (position < this.low) this.#show(position - span / 20, span);
    if (position > this.high) this.#show(position - span * (19 / 20), span);
  }

  #show(low, span) {
    if (span >= this.most - this.least) return this.reset();
    this.low = Math.min(Math.max(low, this.least), this.most - span);
    this.high = this.low + span;
  }
}
