// @ts-check
/**
 * A client of Frontline for browsers and workers: JSON-RPC 2.0 over one WebSocket. No dependency, no build step, no eval.
 * README.md beside this file has a table of everything that it offers.
 */

/** @typedef {"connecting" | "ready" | "away" | "closed"} State */
/**
 * @typedef {object} Options
 * @property {string | URL} [url] the server's WebSocket; `/ws` of the page's own server unless given
 * @property {string | (() => string | Promise<string>)} [token] signs in; a function is asked for it at each connection.
 *   Without one the caller is whom the page's cookie names
 * @property {string} [client] the name of the program in the server's log
 * @property {AbortSignal} [signal] closes the client
 * @property {number} [timeout] milliseconds that a call waits for its answer, connections included; 30,000 unless given
 * @property {number} [queue] calls, and events of a subscription, that may wait; 10,000 unless given
 * @property {number} [inFlight] calls sent and not yet answered; 32 unless given. The server takes more, so that it goes on answering
 *   whether it is there
 * @property {number} [messageLimit] bytes of a message, as the server's `line-limit`
 */
/**
 * @typedef {object} CallOptions
 * @property {AbortSignal} [signal] gives the call up; its promise is rejected with the signal's reason
 * @property {number} [timeout] milliseconds, in place of the client's
 * @property {string} [key] is sent as `idempotency_key`: the call is repeated after a lost connection
 * @property {boolean} [repeat] the call may be repeated after a lost connection, because it only reads
 */
/** @typedef {{cursor: string, event: string, [member: string]: any}} Event what a stream tells, as the server sends it */
/** @typedef {{subject: string, roles: string[], attributes: Record<string, any>, expires_at?: string}} Principal */
/** @typedef {{text: string, repeats?: boolean, resolve: (result: any) => void, reject: (error: any) => void}} Call */

const PROTOCOL = "jsonrpc.frontline.v1";
// After so long without a message the server is asked whether it is there, and has so long to answer before it is away: together less than 2 s.
const SILENCE = 800, PATIENCE = 1_000;
// After so long another connection is made. Not sooner, because a server that is slow would be slower still if everybody connected again.
const GIVEN_UP = 5_000;
const FIRST_PAUSE = 200, LONGEST_PAUSE = 5_000;
/** The caller's own names for what methods make: the server makes it once, however often it is asked. */
const NAMES = /** @type {Record<string, string>} */ ({
  "conversation.open": "conversation_id", "conversation.observe": "turn_id", "script.start": "session_id",
});

/** What the server answered in place of a result, or why there is no answer. */
export class FrontlineError extends Error {
  /** @param {{code: number, message: string, data?: any}} error @param {"none" | "unknown"} [outcome] */
  constructor({ code, message, data = {} }, outcome) {
    super(message);
    /** The number of the server's error; 0 for one of this client. */
    this.code = code;
    /** Its word, such as `not_found`; of this client `connection_lost`, `timeout`, `closed`, `too_many`, `too_long`. */
    this.name = data.code ?? "error";
    /** @type {string | undefined} The parameter that is wrong. */
    this.path = data.path;
    /** @type {any} What was expected in its place. */
    this.expected = data.expected;
    /** @type {number | undefined} Milliseconds to wait before the next attempt. */
    this.retryAfter = data.retry_after_ms;
    /** @type {any} What else the server says. */
    this.details = data.details;
    /** @type {"none" | "unknown" | undefined} Whether the call was carried out: `none` for surely not; undefined when the server refused it. */
    this.outcome = outcome ?? data.details?.outcome;
  }
}

/** @param {string} method @param {any} params @returns {string} the part of a call that is the same at each attempt */
const encoded = (method, params) => `,"method":${JSON.stringify(method)},"params":${JSON.stringify(params)}}`;

/** @param {string} name @param {string} message @param {"none" | "unknown"} [outcome] */
const failure = (name, message, outcome = "none") => new FrontlineError({ code: 0, message, data: { code: name } }, outcome);

/**
 * Connects; calls may be made at once, and wait.
 *
 * @param {Options} [options]
 */
export const connect = (options) => new Client(options);

/**
 * One caller's connection, which is made again whenever it is lost.
 *
 * Events: `state` (detail: `{state, reason?}`), `signed-out` (detail: `{reason}`; the client is closed then), and
 * `notification` (detail: `{method, params}`) for those that belong to no subscription.
 */
export class Client extends EventTarget {
  #options;
  #url;
  /** @type {WebSocket | undefined} */ #socket;
  /** @type {State} */ #state = "connecting";
  /** @type {Principal | null} */ #principal = null;
  /** @type {Call[]} */ #waiting = [];
  /** @type {Map<number, Call>} */ #sent = new Map();
  /** @type {Set<Subscription>} */ #subscriptions = new Set();
  /** @type {Map<string, Subscription>} */ #routes = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #number = 0;
  #attempts = 0;
  #readyAt = 0;
  #heardAt = 0;
  #askedAt = 0;
  #questions = 0;
  #isSignedIn = false;
  #ended = new AbortController();

  /** @param {Options} [options] */
  constructor(options = {}) {
    super();
    const { url = "/ws", token, client, signal, timeout = 30_000, queue = 10_000, inFlight = 32, messageLimit = 1 << 20, ...others } = options;
    for (const name in others) throw new TypeError(`there is no option ${name}`);
    this.#options = { token, client, timeout, queue, inFlight, messageLimit };
    this.#url = new URL(url, globalThis.location?.href);
    this.#url.protocol = this.#url.protocol.replace("http", "ws");
    if (this.#url.search || this.#url.username) throw new TypeError("a token is no part of an address");
    const until = { signal: this.#ended.signal };
    signal?.addEventListener("abort", () => this.close(), until);
    globalThis.addEventListener?.("online", () => this.#state === "away" && !this.#socket && this.#open(), until);
    if (signal?.aborted) this.close();
    else this.#open();
  }

  /** `connecting` at first, `ready`, `away` while the server cannot be reached, `closed` for good. */
  get state() { return this.#state; }

  /** Whom the token named at the last sign-in. */
  get principal() { return this.#principal; }

  /**
   * Waits until the server answers calls.
   *
   * @returns {Promise<Principal | null>}
   */
  ready() {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.#state === "closed") reject(failure("closed", "the client is closed"));
        else if (this.#state === "ready") resolve(this.#principal);
        else this.addEventListener("state", look, { once: true });
      };
      look();
    });
  }

  /**
   * Calls a method. Calls are sent in the order made.
   *
   * @param {string} method
   * @param {Record<string, any>} [params]
   * @param {CallOptions} [options]
   * @returns {Promise<any>} the result; rejected with a {@link FrontlineError}, or with the signal's reason
   */
  call(method, params = {}, options = {}) {
    const { signal, timeout = this.#options.timeout, key, repeat = false } = options;
    if (key !== undefined) params = { ...params, idempotency_key: key };
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (this.#state === "closed") return reject(failure("closed", "the client is closed"));
      if (this.#waiting.length >= this.#options.queue) return reject(failure("too_many", "too many calls wait to be sent"));
      const text = encoded(method, params), { messageLimit } = this.#options;
      // A unit of UTF-16 has at most three bytes; the rest is room for the id. The server would end the connection.
      if (text.length * 3 > messageLimit && new TextEncoder().encode(text).length > messageLimit - 50) {
        return reject(failure("too_long", `a message has at most ${messageLimit} bytes`));
      }
      const settled = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      };
      const call = {
        text,
        repeats: repeat || params.idempotency_key !== undefined || params[NAMES[method]] !== undefined,
        resolve: (/** @type {any} */ result) => (settled(), resolve(result)),
        reject: (/** @type {any} */ error) => (settled(), reject(error)),
      };
      const abort = () => {
        this.#giveUp(call);
        call.reject(signal?.reason);
      };
      const timer = setTimeout(() => call.reject(failure("timeout", `no answer within ${timeout} ms`, this.#giveUp(call))), timeout);
      signal?.addEventListener("abort", abort);
      this.#waiting.push(call);
      this.#flush();
    });
  }

  /**
   * Follows a stream: `alerts`, `work` or `conversation`. After a lost connection it continues, without gaps and doubles.
   *
   * @param {string} stream
   * @param {Record<string, any>} [params] those of its method `subscribe`, such as `after`
   * @param {{signal?: AbortSignal}} [options]
   */
  subscribe(stream, params = {}, options = {}) {
    const { signal } = options;
    if (this.#state === "closed") throw failure("closed", "the client is closed");
    /** @type {Subscription} */
    const subscription = new Subscription(stream, params, this.#options.queue, {
      resume: () => this.#isSignedIn && this.#subscribe(subscription),
      leave: () => (this.#subscriptions.delete(subscription), this.#unsubscribe(subscription)),
    });
    this.#subscriptions.add(subscription);
    signal?.addEventListener("abort", () => subscription.close(), { once: true });
    if (signal?.aborted) subscription.close();
    else if (this.#isSignedIn) this.#subscribe(subscription);
    return subscription;
  }

  /** Ends the connection, its calls and its subscriptions. */
  close() { this.#end(); }

  #open() {
    const socket = (this.#socket = new WebSocket(this.#url, [PROTOCOL]));
    socket.onclose = ({ code, reason }) => this.#lose(socket, reason || `closed with ${code}`, code);
    socket.onmessage = ({ data }) => socket === this.#socket && this.#take(JSON.parse(data));
    socket.onopen = () => this.#signIn(socket);
    clearTimeout(this.#timer);
    // Until the caller is signed in the server answers nothing else: it cannot be asked whether it is there.
    this.#timer = setTimeout(() => this.#lose(socket, "no sign-in within 10 s"), 10_000);
  }

  /** @param {WebSocket} socket */
  async #signIn(socket) {
    const { token, client } = this.#options;
    try {
      const text = typeof token === "function" ? await token() : token;
      if (socket !== this.#socket) return;
      // Without a token, any answer shows that the server is there.
      const answer = await this.#ask(text ? "session.authenticate" : "server.info", text ? { token: text, client } : {});
      this.#principal = text ? answer : null;
    } catch (error) {
      if (socket !== this.#socket) return;
      const { message, retryAfter } = /** @type {FrontlineError} */ (error);
      return this.#lose(socket, message ?? String(error), 0, retryAfter);
    }
    this.#readyAt = performance.now();
    this.#isSignedIn = true;
    this.#watch();
    this.#enter("ready");
    for (const subscription of this.#subscriptions) this.#subscribe(subscription);
    this.#flush();
  }

  /** Looks after a while whether the server has said something. */
  #watch() {
    const socket = this.#socket;
    const due = () => (this.#questions ? this.#askedAt + PATIENCE : this.#heardAt + SILENCE);
    const planned = due();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!socket || socket !== this.#socket) return;
      const now = performance.now();
      if (now >= due()) {
        // A page that slept may see the time before the answer: it asks once more.
        const isLate = now > planned + PATIENCE;
        if (this.#questions > (isLate ? 1 : 0)) {
          const silence = now - this.#heardAt, reason = `silent for ${Math.round(silence)} ms`;
          if (silence >= GIVEN_UP) return this.#lose(socket, reason);
          this.#enter("away", reason);
        }
        this.#askedAt = now;
        this.#questions++;
        this.#ask("server.info", {}).catch(() => {});
      }
      this.#watch();
    }, Math.ceil(planned - performance.now()));
  }

  /** @param {WebSocket} socket @param {string} reason @param {number} [code] @param {number} [after] */
  #lose(socket, reason, code = 0, after = 0) {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    this.#isSignedIn = false;
    clearTimeout(this.#timer);
    socket.close();
    if (code === 1008) return this.#end(reason);
    const sent = [...this.#sent.values()];
    this.#sent.clear();
    this.#routes.clear();
    // A message that the server closes for would have it close again.
    const isFault = [1002, 1003, 1007, 1009].includes(code);
    const repeated = sent.filter((call) => call.repeats && !isFault);
    for (const call of sent) if (!repeated.includes(call)) call.reject(failure("connection_lost", reason, "unknown"));
    this.#waiting.unshift(...repeated);
    // A server that ends every connection at once is asked less and less often.
    if (this.#readyAt && performance.now() - this.#readyAt > LONGEST_PAUSE) this.#attempts = 0;
    this.#readyAt = 0;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#attempts++) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => this.#open(), Math.max(after, pause));
    this.#enter("away", reason);
  }

  /**
   * Closes; with a reason because the caller is signed out.
   *
   * @param {string} [reason]
   */
  #end(reason) {
    if (this.#state === "closed") return;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
    this.#ended.abort();
    this.#routes.clear();
    this.#enter("closed", reason);
    const message = reason ?? "the client is closed";
    for (const call of this.#sent.values()) call.reject(failure("closed", message, "unknown"));
    for (const call of this.#waiting.splice(0)) call.reject(failure("closed", message));
    this.#sent.clear();
    for (const subscription of [...this.#subscriptions]) subscription.finish(reason ? failure("closed", reason) : undefined);
    if (reason) this.dispatchEvent(new CustomEvent("signed-out", { detail: { reason } }));
  }

  /** @param {State} state @param {string} [reason] */
  #enter(state, reason) {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: { state, reason } }));
  }

  #flush() {
    while (this.#state === "ready" && this.#sent.size < this.#options.inFlight && this.#waiting.length) {
      this.#send(/** @type {Call} */ (this.#waiting.shift()));
    }
  }

  /**
   * Sends a call of the client's own at once.
   *
   * @param {string} method
   * @param {any} params
   * @returns {Promise<any>}
   */
  #ask(method, params) {
    return new Promise((resolve, reject) => this.#send({ text: encoded(method, params), resolve, reject }));
  }

  /** @param {Call} call */
  #send(call) {
    const id = ++this.#number;
    this.#sent.set(id, call);
    this.#socket?.send(`{"jsonrpc":"2.0","id":${id}${call.text}`);
  }

  /**
   * Whether a call that nobody waits for any more is carried out.
   *
   * @param {Call} call
   * @returns {"none" | "unknown"}
   */
  #giveUp(call) {
    const place = this.#waiting.indexOf(call);
    if (place >= 0) this.#waiting.splice(place, 1);
    // One that was sent takes its place until the server has answered it.
    call.repeats = false;
    return place >= 0 ? "none" : "unknown";
  }

  /** @param {any} message */
  #take(message) {
    this.#heardAt = performance.now();
    this.#questions = 0;
    if (this.#isSignedIn && this.#state === "away") {
      this.#enter("ready");
      this.#flush();
    }
    if (message.method) return this.#notice(message);
    const call = this.#sent.get(message.id);
    if (!call) return;
    this.#sent.delete(message.id);
    if (message.error) call.reject(new FrontlineError(message.error));
    else call.resolve(message.result);
    // Nobody is signed in: neither the token nor the page's cookie counts.
    if (message.error?.code === 1001) this.#end(message.error.message);
    this.#flush();
  }

  /** @param {{method: string, params?: any}} message */
  #notice({ method, params = {} }) {
    const subscription = this.#routes.get(params.subscription_id);
    if (!subscription) {
      // Some of a subscription that has just ended may be under way.
      if (!params.subscription_id) this.dispatchEvent(new CustomEvent("notification", { detail: { method, params } }));
    } else if (method.endsWith(".lagging")) {
      this.#routes.delete(params.subscription_id);
      this.#subscribe(subscription);
    } else if (!subscription.take(params, method.endsWith(".event"))) {
      this.#unsubscribe(subscription);
    }
  }

  /** @param {Subscription} subscription */
  #subscribe(subscription) {
    const socket = this.#socket;
    this.#send({
      text: encoded(`${subscription.stream}.subscribe`, { ...subscription.params, after: subscription.position }),
      resolve: (answer) => {
        this.#unsubscribe(subscription);
        this.#routes.set(answer.subscription_id, subscription);
        subscription.begin(answer);
        if (!this.#subscriptions.has(subscription)) this.#unsubscribe(subscription);
      },
      reject: (error) => {
        if (socket !== this.#socket) return;
        const again = () => socket === this.#socket && this.#subscriptions.has(subscription) && this.#subscribe(subscription);
        if ([1005, 1006, 1007].includes(error.code)) setTimeout(again, error.retryAfter ?? 1_000);
        else subscription.finish(error);
      },
    });
  }

  /** @param {Subscription} subscription */
  #unsubscribe(subscription) {
    const { id = "", stream } = subscription;
    if (this.#routes.get(id) !== subscription) return;
    this.#routes.delete(id);
    this.#ask(`${stream}.unsubscribe`, { subscription_id: id }).catch(() => {});
  }
}

/**
 * The events of a stream, in order and each once. Iterate over them with `for await`, or listen to `event` (detail: the event);
 * `end` tells that no more will come (detail: the error, if it was one).
 *
 * When the store has gone back to an earlier time, an event `lost` says in `lost_after` after which cursor nothing counts any more.
 */
export class Subscription extends EventTarget {
  /** @type {string | undefined} That of the last event handed out. Kept, it continues here in another session. */
  cursor;
  /** @type {Event[]} */ #queue = [];
  /** @type {{resolve: (result: any) => void, reject: (error: any) => void}[]} */ #readers = [];
  #most;
  #link;
  #isBehind = false;
  #isListenedTo = false;
  #isEnded = false;
  /** @type {FrontlineError | undefined} */ #error;

  /**
   * Made by `Client.subscribe`.
   *
   * @param {string} stream
   * @param {any} params
   * @param {number} most how many events may wait
   * @param {{resume: () => void, leave: () => void}} link
   */
  constructor(stream, params, most, link) {
    super();
    /** The stream's name. */
    this.stream = stream;
    /** What was asked for. */
    this.params = params;
    /** @type {string | undefined} The server's name for it on this connection. */
    this.id = undefined;
    /** @type {string | undefined} The cursor up to which everything has come. */
    this.position = this.cursor = params.after;
    this.#most = most;
    this.#link = link;
  }

  [Symbol.asyncIterator]() { return this; }

  /**
   * The next event.
   *
   * @returns {Promise<IteratorResult<Event, undefined>>}
   */
  async next() {
    const value = this.#queue.shift();
    if (value) {
      this.cursor = value.cursor;
      if (this.#isBehind && !this.#queue.length) {
        this.#isBehind = false;
        this.#link.resume();
      }
      return { value, done: false };
    }
    if (this.#error) throw this.#error;
    if (this.#isEnded) return { value: undefined, done: true };
    return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
  }

  /**
   * Leaves a `for await`, which ends the subscription.
   *
   * @returns {Promise<IteratorResult<Event, undefined>>}
   */
  async return() {
    this.close();
    return { value: undefined, done: true };
  }

  /** Ends the subscription. */
  close() { this.finish(); }

  /** @param {string} type @param {any} listener @param {any} [options] */
  addEventListener(type, listener, options) {
    super.addEventListener(type, listener, options);
    if (type !== "event") return;
    this.#isListenedTo = true;
    for (const event of this.#queue.splice(0)) this.#hand(event);
  }

  /**
   * Called by the client when the server has begun.
   *
   * @param {any} answer
   */
  begin({ subscription_id, cursor, lost_after }) {
    this.id = subscription_id;
    if (lost_after !== undefined) this.#hand({ event: "lost", cursor, lost_after });
    // `last` is where the server says that this caller has read to.
    if (lost_after !== undefined || !/^\d+$/.test(this.position ?? "")) this.position = cursor;
    if (!/^\d+$/.test(this.cursor ?? "")) this.cursor = cursor;
  }

  /**
   * Called by the client with an event or a heartbeat; false when there is no room.
   *
   * @param {Event} event
   * @param {boolean} isEvent
   */
  take(event, isEvent) {
    const { cursor } = event, { length } = this.position ?? "";
    if (cursor.length < length || (cursor.length === length && cursor <= String(this.position))) return true;
    this.#isBehind = isEvent && this.#queue.length >= this.#most;
    if (this.#isBehind) return false;
    this.position = cursor;
    if (isEvent) this.#hand(event);
    else if (!this.#queue.length) this.cursor = cursor;
    return true;
  }

  /**
   * Called by the client.
   *
   * @param {any} [error]
   */
  finish(error) {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#error = error;
    this.#link.leave();
    for (const { resolve, reject } of this.#readers.splice(0)) error ? reject(error) : resolve({ value: undefined, done: true });
    this.dispatchEvent(new CustomEvent("end", { detail: error }));
  }

  /** @param {Event} event */
  #hand(event) {
    const reader = this.#readers.shift();
    if (!reader && !this.#isListenedTo) return void this.#queue.push(event);
    this.cursor = event.cursor;
    if (reader) reader.resolve({ value: event, done: false });
    else this.dispatchEvent(new CustomEvent("event", { detail: event }));
  }
}
