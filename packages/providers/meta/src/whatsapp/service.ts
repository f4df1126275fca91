/** Who takes Meta's own requests for WhatsApp: Meta, or a company that passes them on. */
export type WhatsAppService = 'meta' | '360dialog' | 'kapso';

/** How one service is asked. */
export interface ServiceWire {
  readonly baseUrl: string;
  /** Of the Graph API. Default: that of Meta's own. */
  readonly version?: string | undefined;
  /** The header that carries the key as it is. Default: `Authorization: Bearer`. */
  readonly header?: string | undefined;
  /** The path in front of `/messages`. */
  numberPath(version: string, phoneNumberId: string | undefined): string;
  /** Whether a phone number has an id there, and can be read. */
  readonly hasNumbers: boolean;
}

const graphPath: ServiceWire['numberPath'] = (version, phoneNumberId) =>
  `/${version}/${phoneNumberId}`;

export const services: Readonly<Record<WhatsAppService, ServiceWire>> = {
  meta: { baseUrl: 'https://graph.facebook.com', numberPath: graphPath, hasNumbers: true },
  // https://docs.360dialog.com/docs/messaging/overview/typing-indicators: each key is for one number.
  '360dialog': {
    baseUrl: 'https://waba-v2.360dialog.io',
    header: 'd360-api-key',
    numberPath: () => '',
    hasNumbers: false,
  },
  // https://docs.kapso.ai/api/meta/whatsapp
  kapso: {
    baseUrl: 'https://api.kapso.ai/meta/whatsapp',
    version: 'v24.0',
    header: 'x-api-key',
    numberPath: graphPath,
    hasNumbers: true,
  },
};
