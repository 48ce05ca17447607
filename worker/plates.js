/** Plates on their way into Python. */
import { readImage } from './pixels.js';

/**
 * Stands the person before it; throws where Python refuses it, and the one before stays.
 * @param {import('./bridge').Bridge} bridge
 * @param {import('./protocol').Plate} plate whose pictures are closed
 */
export function setPlate(bridge, plate) {
  switch (plate.type) {
    case 'color':
      return bridge.plate_color(...plate.color);
    case 'blur':
      return bridge.plate_blur(plate.strength);
    case 'scene':
      return bridge.plate_scene(plate.name);
    case 'image': {
      const { data, width, height } = consume(plate.bitmap);
      return bridge.plate_image(data, width, height);
    }
    case 'slides':
      return bridge.plate_slides(plate.place, plate.size);
    case 'brand':
      return bridge.plate_brand(
        ...plate.color,
        plate.name ? consume(plate.name) : undefined,
        plate.logo ? consume(plate.logo) : undefined,
      );
  }
}

/** The pixels of a bitmap that is not needed any more. @param {ImageBitmap} bitmap */
function consume(bitmap) {
  const image = readImage(bitmap);
  bitmap.close();
  return image;
}
