import { describe, expect, it } from 'vitest';
import type { LogBatch } from '../domain/telemetry';
import { emptyLogBatch } from '../domain/telemetry';
import { isHeardOf, noteCompany } from './company';
import { createRunState, ZERO_COUNTERS } from './run-state';
