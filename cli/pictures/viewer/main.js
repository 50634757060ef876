// main.js: reads what the page holds and shows it

// Layers are float32 where that tells their samples apart; lines are float64.
function numbers_of(layer) {
  return layer?.type === 'float32' ? Float32Array : Float64Array;
}

async function start() {
  const picture = JSON.parse(by_id('picture').textContent);
  write_texts(picture);
  const packed = [...document.getElementsByClassName('numbers')];
  const numbers = await Promise.all(
      packed.map((element, i) => unpacked(element, numbers_of(picture.layers?.[i]))));
  const Page = picture.kind === 'field' ? FieldPage : LinePage;
  const page = new Page(picture, numbers);
  listen(by_id('plot'), page);
  window.gridgrad = {state: () => page.state()};
}

try {
  await start();
} catch (error) {
  by_id('trouble').textContent = `This browser cannot show the picture: ${error.message}`;
  by_id('trouble').hidden = false;
  throw error;
}
