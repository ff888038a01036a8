import type { Resource } from '../xds/resource.ts';
import { frameResource, type Frame } from '../xds/wire.ts';

/** Frames each resource once, however many streams it is sent on. */
export const resourceFrames = (): ((resource: Resource) => Frame) => {
  const frames = new WeakMap<Resource, Frame>();
  return (resource) => {
    const known = frames.get(resource);
    if (known !== undefined) return known;
    const frame = frameResource(resource);
    frames.set(resource, frame);
    return frame;
  };
};
