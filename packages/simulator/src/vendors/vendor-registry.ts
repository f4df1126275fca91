import type { Change, SimulatedVendor } from './start-vendor.ts';
import type { Vendor, VendorHandle, VendorSettings } from './vendor.ts';
import * as vendorTable from './vendor-table.ts';

type VendorTable = typeof vendorTable;

/** The vendors there are. */
export type VendorName = keyof VendorTable;

/** Every vendor of a simulator, by its name. */
export type SimulatedVendors = {
  readonly [Name in VendorName]: VendorTable[Name] extends Vendor<infer Handle, infer Settings>
    ? SimulatedVendor<Handle, Settings>
    : never;
};

/** With which settings each vendor begins. What is left out has its default. */
export type VendorOptions = {
  readonly [Name in VendorName]?:
    | (VendorTable[Name] extends Vendor<infer _Handle, infer Settings> ? Change<Settings> : never)
    | undefined;
};

export const vendorRows: Readonly<Record<VendorName, Vendor<VendorHandle, VendorSettings>>> =
  vendorTable;

// The names are those of the table, which `Object.keys` does not know.
export const vendorNames: readonly VendorName[] = Object.keys(vendorTable) as VendorName[];
