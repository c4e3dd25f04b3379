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
  /** Whether what was made is not tried out before callers come in. */
  readonly skipVerify?: true | undefined;
  /** How many minutes to wait for a call. */
  readonly watch?: number | undefined;
  readonly deleteData?: true | undefined;
  /** Whether what others changed may be overwritten. */
  readonly overwriteEdits?: true | undefined;
  /** Whether somebody's lock may be taken away. */
  readonly forceUnlock?: true | undefined;
  /** Seconds. */
  readonly drain?: number | undefined;
  readonly parallel?: number | undefined;
  readonly onFailure?: 'keep' | 'rollback' | undefined;
  /** Whether what was made for signing in is taken away again. */
  readonly remove?: true | undefined;
  readonly newSecret?: true | undefined;
  /** A file, or a profile of the Genesys Cloud CLI, that a new secret is kept in. */
  readonly writeTo?: string | undefined;
  readonly toGcProfile?: string | undefined;
  readonly print?: true | undefined;
  /** The ARN of a user or a role. */
  readonly principal?: string | undefined;
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
