import type { TranslateOptions } from '../../translate/translate-options.ts';

/** The options, where no source but a folder is: Gateways that no option places are served on this machine. */
export const withFolderGateways = <Options extends TranslateOptions>(options: Options): Options =>
  options.gatewayAddresses === undefined && options.gatewayService === undefined
    ? { ...options, gatewayAddresses: ['127.0.0.1-127.0.0.254'] }
    : options;
