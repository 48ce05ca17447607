/**
 * Puts the plate where there is no person, in place.
 * @param {Uint8ClampedArray} picture RGBA @param {Uint8ClampedArray} plate RGBA
 * @param {Uint8Array} person 0 or 1 for each pixel
 */
export function blend(picture, plate, person) {
  for (let pixel = 0; pixel < person.length; pixel++) {
    if (person[pixel]) continue;
    const i = 4 * pixel;
    picture[i] = plate[i] ?? 0;
    picture[i + 1] = plate[i + 1] ?? 0;
    picture[i + 2] = plate[i + 2] ?? 0;
  }
}
