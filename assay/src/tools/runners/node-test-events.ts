// What Node's test runner tells its reporters.

export interface TestEvent {
  readonly type: string;
  readonly data: {
    readonly name?: string;
    readonly nesting?: number;
    readonly file?: string;
    readonly line?: number;
    readonly message?: string;
    readonly skip?: string | boolean;
    readonly todo?: string | boolean;
    readonly details?: { readonly type?: string; readonly error?: TestError };
  };
}

export interface TestError {
  readonly message?: string;
  readonly stack?: string;
  readonly failureType?: string;
  readonly cause?: unknown;
}
