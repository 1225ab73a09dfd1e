export { createApp } from './create-app';
export * from './types';
