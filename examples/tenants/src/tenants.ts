import 'reflect-metadata';
import { registerTyping, type RegisterOptions } from '@typingkit/tsyringe';
import { container, type DependencyContainer, type InjectionToken } from 'tsyringe';
import * as vendors from 'typingkit';
import type { Channel } from './signatures.ts';

/** What a tenant has given: keys to send with, and secrets to receive with. */
export interface Tenant {
  readonly imessage: vendors.LinqOptions;
  readonly line: vendors.LineOptions;
  readonly messenger: vendors.MessengerOptions;
  readonly telegram: vendors.TelegramOptions;
  readonly whatsapp: vendors.WhatsAppOptions;
  readonly secrets: Readonly<Record<Channel, string>>;
}

const TENANT: InjectionToken<Tenant> = Symbol('tenant');

/** A container for each tenant makes providers and indicators of its own, when a channel is first used. */
export function containersOf(tenants: Readonly<Record<string, Tenant>>, options?: RegisterOptions) {
  const root = container.createChildContainer();
  const TYPING = registerTyping(
    root,
    {
      imessage: (tenant) => vendors.linq(tenant.resolve(TENANT).imessage),
      line: (tenant) => vendors.line(tenant.resolve(TENANT).line),
      messenger: (tenant) => vendors.messenger(tenant.resolve(TENANT).messenger),
      telegram: (tenant) => vendors.telegram(tenant.resolve(TENANT).telegram),
      whatsapp: (tenant) => vendors.whatsapp(tenant.resolve(TENANT).whatsapp),
    },
    options,
  );
  return Object.entries(tenants).map(([name, tenant]) => {
    const own: DependencyContainer = root.createChildContainer();
    own.register(TENANT, { useValue: tenant });
    return { name, tenant, typing: own.resolve(TYPING), dispose: () => own.dispose() };
  });
}
