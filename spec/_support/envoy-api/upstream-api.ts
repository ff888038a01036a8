import protobuf from 'protobufjs';
import 'protobufjs/ext/descriptor.js';

import { envoyDescriptors } from './envoy-descriptors.ts';

/** The API of the Envoy that the specs run, as its project publishes it for Go. */
export const upstreamApi = async (): Promise<protobuf.Root> =>
  protobuf.Root.fromDescriptor(await envoyDescriptors(), { keepCase: true });
