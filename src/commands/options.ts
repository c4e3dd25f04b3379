/** The options that commands share, as commander gives them: an absent one is undefined. */
export interface Options {
  /** Values of the settings by their id, from flags. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly config?: string | undefined;
  readonly stateDir?: string | undefined;
  /** `true`: the embedded one; a URL: one that is served. */
  readonly sandbox?: true | string | undefined;
  readonly sandboxProfile?: string | undefined;
  readonly json?: true | undefined;
  readonly yes?: true | undefined;
  /** False with `--no-input`. */
  readonly input?: boolean | undefined;
  /** False with `--no-color`. */
  readonly color?: boolean | undefined;
  readonly accessible?: true | undefined;
  readonly debug?: true | undefined;
  readonly dryRun?: true | undefined;
  readonly exitCode?: true | undefined;
  readonly recover?: true | undefined;
  readonly deleteData?: true | undefined;
  /** Seconds. */
  readonly drain?: number | undefined;
  readonly parallel?: number | undefined;
  readonly onFailure?: 'keep' | 'rollback' | undefined;
  readonly port?: number | undefined;
  /** Numbers, for a call. */
  readonly to?: string | undefined;
  readonly from?: string | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly hangUpAfter?: number | undefined;
  readonly events?: number | undefined;
  readonly expect?: readonly string[] | undefined;
  /** A file of calls. */
  readonly script?: string | undefined;
  /** What stands on the command line besides options. */
  readonly files?: readonly string[] | undefined;
}
