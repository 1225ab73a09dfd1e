import { describe, expect, it } from 'vitest';
import type { Alert } from '../domain/alerts';
import { createCriticalAlerts } from './critical-alerts';

const alert = (id: string, more: { readonly runId?: string; readonly severity?: string } = {}): Alert =>
  ({
    id,
    runId: 'now',
    severity: 'critical',
    cause: 'ddos',
    deviceName: 'web-1',
    reason: 'CPU 99 %',
    ...more,
  }) as unknown as Alert;
const live = { runId: 'now', isLive: true };

describe('critical alerts', () => {
  it('are told once each, with a way to them', () => {
    const { announce } = createCriticalAlerts();
    expect(announce([], live)).toEqual([]);
    const [notice] = announce([alert('a')], live);
    expect(notice.title).toMatch(/^Critical on web-1: DDoS/);
    expect(notice.alert?.id).toBe('a');
    expect(notice.link).toEqual({ href: '#/alerts?id=a', label: 'Show' });
    expect(announce([alert('a')], live)).toEqual([]);
    expect(announce([alert('a'), alert('b')], live)).toHaveLength(1);
  });

  it('are no news when the run held them before it was looked at, as after a reload', () => {
    const { announce } = createCriticalAlerts();
    expect(announce([alert('a'), alert('b')], live)).toEqual([]);
    expect(announce([alert('a'), alert('b'), alert('c')], live)).toHaveLength(1);
  });

  it('are no news when they belong to another run, are not critical, or came while nothing ran live', () => {
    const { announce } = createCriticalAlerts();
    announce([], live);
    expect(announce([alert('a', { runId: 'before' }), alert('b', { severity: 'major' })], live)).toEqual([]);
    expect(announce([alert('c')], { ...live, isLive: false })).toEqual([]);
    expect(announce([alert('c')], live)).toEqual([]);
    expect(announce([alert('d')], { runId: undefined, isLive: true })).toEqual([]);
    expect(announce([alert('d')], live)).toHaveLength(1);
  });

  it('of an alert that became critical later is news then', () => {
    const { announce } = createCriticalAlerts();
    announce([], live);
    expect(announce([alert('a', { severity: 'major' })], live)).toEqual([]);
    expect(announce([alert('a')], live)).toHaveLength(1);
  });
});
