import type { Resource } from '../../xds/resource.ts';
import { frameResource, type Frame } from '../../xds/wire/wire.ts';

/** From this size on a frame is worth its memory; smaller ones are made in no time. */
const large = 16 * 1024;

/** Frames each large resource once, however many streams it is sent on. */
export const resourceFrames = (): ((resource: Resource) => Frame) => {
  const frames = new WeakMap<Resource, Frame>();
  return (resource) => {
    const known = frames.get(resource);
    if (known !== undefined) return known;
    const frame = frameResource(resource);
    const [, bytes] = frame;
    if (bytes !== undefined && bytes.length >= large) frames.set(resource, frame);
    return frame;
  };
};
