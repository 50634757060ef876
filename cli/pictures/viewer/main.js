// main.js: reads what the page holds and shows it

async function start() {
  const picture = JSON.parse(by_id('picture').textContent);
  write_texts(picture);
  const Numbers = picture.kind === 'field' ? Float32Array : Float64Array;
  const packed = [...document.getElementsByClassName('numbers')];
  const numbers = await Promise.all(packed.map((element) => unpacked(element, Numbers)));
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
