/** py/cyclorama/bridge.py as JavaScript sees it. */
import type { PyProxy } from 'pyodide/ffi';
import type { Place, Quality } from './protocol';

/** A numpy array of bytes, (rows, columns, 4); `getBuffer` gives its own memory. */
export interface NumpyArray {
  getBuffer(type: 'u8clamped'): {
    data: Uint8ClampedArray<ArrayBuffer>;
    shape: [rows: number, columns: number, channels: number];
    release(): void;
  };
  destroy(): void;
}

export interface Bridge {
  scenes(): string;
  scene(name: string, width: number, height: number): NumpyArray;
  glimpse_blur(strength: number, width: number, height: number): NumpyArray | undefined;
  configure(frameRate: number, threshold: number, quality: Quality, resolution: number): void;
  resolution(): number;
  offer(adapters: number): void;
  adapter(): number;
  adapter_took(adapter: number, ms: number): void;
  adapter_failed(adapter: number): boolean;
  plate_color(red: number, green: number, blue: number): void;
  plate_blur(strength: number): void;
  plate_scene(name: string): void;
  plate_slides(place: Place, size: number): void;
  plate_image(pixels: Uint8ClampedArray, width: number, height: number): void;
  plate_brand(
    red: number,
    green: number,
    blue: number,
    name: ImageData | undefined,
    logo: ImageData | undefined,
  ): void;
  resize(width: number, height: number): void;
  frame(): NumpyArray;
  output(): NumpyArray;
  readonly output_width: number;
  readonly output_height: number;
  readonly moved: boolean;
  slide(width: number, height: number): NumpyArray | undefined;
  slide_written(): void;
  look(width: number, height: number): NumpyArray;
  mask(width: number, height: number): NumpyArray;
  render(nowMs: number, timestamp: number, pixelsMs: number): boolean;
  shown(nowMs: number, showMs: number): void;
  pressed(nowMs: number): boolean;
  learn(x: number, y: number, dx: number, dy: number, timestamp: number): void;
  learned(nowMs: number, maskMs: number): void;
  plan(nowMs: number): PyProxy & {
    toJs(): [delayMs: number, mask: boolean, overdue: boolean, slide: boolean];
  };
  arrived(nowMs: number, timestamp: number, mask: boolean, slide: boolean): void;
  met(nowMs: number): boolean;
  repeated(nowMs: number): void;
  mask_settled(nowMs: number): boolean;
  restart(): void;
  tune(wish: string): void;
  tuned(nowMs: number): string;
  stats(nowMs: number): string;
}
