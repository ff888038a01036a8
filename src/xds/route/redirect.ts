import { RedirectActionRedirectResponseCode, type RedirectAction } from '../../../proto/envoy.ts';
import type { Redirect } from '../../ir/route.ts';
import { regexSubstitution } from '../message/string-matcher.ts';

/** Answers with a redirect. Host and path are plain text for Envoy, not a substitution format. */
export const redirect = (source: Redirect): RedirectAction => ({
  ...scheme(source.scheme),
  ...(source.host !== undefined && { host_redirect: source.host }),
  ...(source.port !== undefined && { port_redirect: source.port }),
  ...pathRewrite(source.path),
  response_code: responseCodes[source.code],
});

const scheme = (wanted: Redirect['scheme']) => {
  switch (wanted) {
    case undefined:
      return {};
    case 'https':
      return { https_redirect: true };
    case 'http':
      return { scheme_redirect: wanted };
  }
};

const pathRewrite = (path: Redirect['path']) => {
  switch (path?._tag) {
    case undefined:
      return {};
    case 'Full':
      return { path_redirect: path.value };
    case 'Prefix':
      return { prefix_rewrite: path.value };
    case 'Regex':
      return { regex_rewrite: regexSubstitution(path) };
  }
};

const responseCodes = {
  301: RedirectActionRedirectResponseCode.MOVED_PERMANENTLY,
  302: RedirectActionRedirectResponseCode.FOUND,
  303: RedirectActionRedirectResponseCode.SEE_OTHER,
  307: RedirectActionRedirectResponseCode.TEMPORARY_REDIRECT,
  308: RedirectActionRedirectResponseCode.PERMANENT_REDIRECT,
} as const;
