import { createEndpoint, type Endpoint, type Remote, releaseProxy, wrap } from 'comlink';

/** A call that can never be answered because the worker behind the line is gone. */
export class WorkerGone extends Error {
  constructor(name: string) {
    super(`the ${name} worker is not running`);
    this.name = 'WorkerGone';
  }
}

/** An interface as seen from the other side of a worker's boundary: every call answers a promise. */
export type Called<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

/**
 * A telephone line to a worker that may die and come back. Comlink never settles a call to a dead worker, so every call races the
 * line being cut; calls on a cut line fail at once with WorkerGone. Calls before the line was first connected wait for that.
 */
export class Line<T extends object> {
  /** The worker's methods. Each rejects with WorkerGone when the line is, or gets, cut. */
  readonly api: Called<T>;
  readonly #name: string;
  #remote: Remote<T> | undefined;
  #cut: (() => void) | undefined;
  #cutPromise: Promise<never> | undefined;
  /** Settles when the line is first connected, or cut before it ever was. */
  readonly #first: Promise<void>;
  #pickUp: () => void = () => undefined;

  constructor(name: string) {
    this.#name = name;
    this.#first = new Promise((resolve) => {
      this.#pickUp = resolve;
    });
    this.api = new Proxy({} as Called<T>, {
      get: (_, method) => (method === 'then' ? undefined : (...args: unknown[]) => this.#call(method, args)),
    });
  }

  connect(endpoint: Endpoint): void {
    this.#hangUp();
    this.#remote = wrap<T>(endpoint);
    this.#cutPromise = new Promise<never>((_, reject) => {
      this.#cut = () => reject(new WorkerGone(this.#name));
    });
    // A cut line with no call in flight is no error.
    this.#cutPromise.catch(() => undefined);
    this.#pickUp();
  }

  /** A further line to the same worker, to be handed to another one. Fails when this one is cut. */
  endpoint(): Promise<MessagePort> {
    if (this.#remote === undefined) return Promise.reject(new WorkerGone(this.#name));
    return this.#remote[createEndpoint]();
  }

  disconnect(): void {
    this.#hangUp();
    this.#pickUp();
  }

  #hangUp(): void {
    this.#cut?.();
    this.#remote?.[releaseProxy]();
    this.#remote = undefined;
    this.#cut = undefined;
    this.#cutPromise = undefined;
  }

  async #call(method: string | symbol, args: unknown[]): Promise<unknown> {
    await this.#first;
    const remote = this.#remote as unknown as
      | Record<string | symbol, (...args: unknown[]) => Promise<unknown>>
      | undefined;
    if (remote === undefined || this.#cutPromise === undefined) throw new WorkerGone(this.#name);
    return Promise.race([remote[method](...args), this.#cutPromise]);
  }
}
