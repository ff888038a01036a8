import { changed, type Fields } from './legacy-fields.ts';

/** Reads `tag_headers` as custom tags, where there are none; v3alpha1 ignores it. */
export const withTracing = (spec: Fields): Fields => {
  const { tag_headers: headers, custom_tags: tags } = spec;
  if (!Array.isArray(headers)) return spec;
  return changed(spec, {
    tag_headers: undefined,
    custom_tags: tags ?? headers.map((name: unknown) => ({ tag: name, request_header: { name } })),
  });
};
