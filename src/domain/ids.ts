/** Branded identifiers: strings that cannot be mixed up. */
export type DeviceId = string & { readonly brand: 'DeviceId' };
export type RunId = string & { readonly brand: 'RunId' };
export type AlertId = string & { readonly brand: 'AlertId' };
export type IncidentId = string & { readonly brand: 'IncidentId' };
export type DecisionId = string & { readonly brand: 'DecisionId' };
export type ModelId = string & { readonly brand: 'ModelId' };
export type InjectionId = string & { readonly brand: 'InjectionId' };

export const deviceId = (value: string): DeviceId => value as DeviceId;
export const runId = (value: string): RunId => value as RunId;
export const alertId = (value: string): AlertId => value as AlertId;
export const incidentId = (value: string): IncidentId => value as IncidentId;
export const decisionId = (value: string): DecisionId => value as DecisionId;
export const modelId = (value: string): ModelId => value as ModelId;
export const injectionId = (value: string): InjectionId => value as InjectionId;
