import type { Read } from '../../../collection/operator/join-each.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { parseServiceAddress, type ServiceAddress } from './service-address.ts';
import { noAddress, upstreamOf, type FoundUpstream, type Sender } from './upstream.ts';
import type { UpstreamTables } from './upstream-tables.ts';

/**
 * The cluster of the service of any object but a Mapping, which can be redirected too; with all that is wrong
 * with the fields that say which service it is.
 */
export const serviceUpstream =
  (options: TranslateOptions) =>
  (sender: Sender, read: Read<UpstreamTables>): FoundUpstream => {
    const { ref, field, spec } = sender;
    const address = parseServiceAddress(spec.service);
    if (address === undefined) return { problems: [noAddress(ref, field, spec.service)] };
    const doubts = addressDoubts(sender, address);
    const { problems, ...found } = upstreamOf(sender, address, options, read);
    return { ...found, problems: doubts.length === 0 ? problems : [...doubts, ...problems] };
  };

/** What an address says without effect, or otherwise than it is meant. */
const addressDoubts = (
  { ref: object, field, spec }: Sender,
  { surplus, scheme, foreignScheme }: ServiceAddress,
): readonly Problem[] => {
  const wrong = (at: string, expected: string, got: string): Problem => ({
    _tag: 'InvalidField',
    object,
    field: at,
    expected,
    got,
  });
  const doubts: Problem[] = [];
  if (surplus)
    doubts.push(
      wrong(
        field,
        '[http://|https://]host[:port]; what follows has no effect',
        JSON.stringify(spec.service),
      ),
    );
  if (scheme === 'http' && !['', 'false', undefined].includes(spec.tls))
    doubts.push(
      wrong('spec.tls', `http:// in ${field.slice(5)} or tls, of which tls counts`, 'both'),
    );
  if (foreignScheme !== undefined) {
    const note = `${foreignScheme}:// is read as ${scheme ?? 'http'}://`;
    doubts.push({ _tag: 'Note', object, field, note });
  }
  return doubts;
};
