// A small stand-in for the main process: channels, their two ends, who holds them, and the fence when
// a renderer ships one. Checks the protocol as the real router does: a wrong word is an error.

export class MiniRouter {
  errors = [];
  #later;

  /** @param {(task: () => void) => void} later runs a task later, in order */
  constructor(later) {
    this.#later = later;
  }

  /** A link to a renderer. `deliver` gets what comes over it. */
  link() {
    const router = this;
    const names = new Map();
    const spent = new Set();
    let lastOdd = -1;
    let lastEven = 0;
    const find = (handle) => {
      const end = names.get(handle);
      if (end === undefined && !spent.has(handle)) router.errors.push(`unknown handle ${handle}`);
      return end;
    };
    const link = {
      ports: undefined,
      messages: [],
      newHandle: () => (lastEven += 2),
      /** Gives an end to this renderer; returns its handle. */
      land(end) {
        const handle = (lastOdd += 2);
        names.set(handle, end);
        end.seat({ link, handle });
        return handle;
      },
      retire(handle) {
        names.delete(handle);
        spent.add(handle);
      },
      toPage(task) {
        router.#later(() => task(link.ports));
      },
      detach: (handles) => handles.map((handle) => {
        const end = find(handle);
        if (end === undefined) return new End(router);
        if (end.holder?.handle !== handle) router.errors.push(`${handle} shipped twice`);
        end.leave();
        return end;
      }),
      send: {
        channel(a, b) {
          for (const handle of [a, b]) if (names.has(handle) || spent.has(handle)) router.errors.push(`${handle} used again`);
          const [left, right] = router.channel();
          for (const [end, handle] of [[left, a], [right, b]]) {
            names.set(handle, end);
            end.holder = { link, handle };
          }
        },
        post(handle, value, handles) {
          const message = structuredClone(value);
          const end = find(handle);
          if (handles.includes(handle)) router.errors.push('a port through itself');
          const ports = link.detach([...handles]);
          end?.post({ link, handle }, { value: message, ports });
        },
        returned(handle, value, handles) {
          const end = find(handle);
          const message = { value: structuredClone(value), ports: link.detach([...handles]) };
          if (end === undefined) return;
          if (end.leaving?.handle !== handle) router.errors.push(`${handle} returned unasked`);
          if (end.lent-- <= 0) router.errors.push(`${handle} returned too much`);
          end.returned.push(message);
        },
        close(handle) {
          const end = find(handle);
          if (end?.holder?.handle === handle && end.holder.link === link) end.close();
          link.retire(handle);
        },
        settled(handle) {
          const end = find(handle);
          if (end === undefined) return;
          if (end.leaving?.handle !== handle) router.errors.push(`${handle} settled unasked`);
          link.retire(handle);
          end.settle();
        },
      },
      /** What ipcRenderer.postMessage does, and how main receives it. */
      postMessage(message, ports) {
        const shipment = link.ports.prepare(ports);
        const ends = link.detach([...shipment.handles]);
        link.ports.commit(shipment);
        link.messages.push({ message, ports: ends.map((end) => router.take(end)) });
        return link.messages.at(-1).ports;
      },
      names,
    };
    return link;
  }

  channel() {
    const left = new End(this);
    const right = new End(this);
    left.peer = right;
    right.peer = left;
    return [left, right];
  }

  /** A port of the main process. */
  take(end) {
    const port = {
      end,
      received: [],
      ports: [],
      closed: 0,
      postMessage: (value, ports = []) => end.post(port, { value: structuredClone(value), ports: ports.map((p) => (p.end.leave(), p.end)) }),
      close: () => end.close(),
      /** Takes the port away, to give it to a renderer. */
      release: () => (end.leave(), end),
      take(item) {
        if (item === null) port.closed++;
        else {
          port.received.push(item.value);
          port.ports.push(...item.ports.map((p) => this.router.take(p)));
        }
      },
      router: this,
    };
    end.seat(port);
    return port;
  }
}

class End {
  peer = null;
  holder = null;
  /** The renderer that has shipped this end and not settled yet. */
  leaving = null;
  inbox = [];
  outbox = [];
  returned = [];
  lent = 0;
  isClosed = false;

  constructor(router) {
    this.router = router;
  }

  seat(holder) {
    this.holder = holder;
    this.flush();
  }

  leave() {
    const { holder } = this;
    this.holder = null;
    if (holder?.link === undefined) return;
    if (this.leaving !== null) this.router.errors.push('shipped again before it settled: not modelled');
    this.leaving = holder;
    holder.link.toPage((ports) => ports.onFence(holder.handle));
  }

  settle() {
    this.leaving = null;
    this.lent = 0;
    this.inbox.unshift(...this.returned.splice(0));
    for (const message of this.outbox.splice(0)) this.pass(message);
    this.flush();
  }

  post(from, message) {
    const isLate = this.leaving !== null && from.link === this.leaving.link && from.handle === this.leaving.handle;
    if (this.leaving !== null && !isLate) this.outbox.push(message);
    else this.pass(message);
  }

  pass(message) {
    if (this.isClosed || this.peer === null || this.peer.isClosed) return;
    this.peer.inbox.push(message);
    this.peer.flush();
  }

  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    this.holder = null;
    if (this.peer !== null) {
      this.peer.inbox.push(null);
      this.peer.flush();
    }
  }

  flush() {
    if (this.holder === null || this.leaving !== null) return;
    for (const item of this.inbox.splice(0)) {
      const { link, handle } = this.holder;
      if (link === undefined) this.holder.take(item);
      else if (item === null) link.toPage((ports) => ports.onClosed(handle));
      else {
        this.lent++;
        const handles = item.ports.map((end) => link.land(end));
        const value = structuredClone(item.value);
        link.toPage((ports) => ports.onMessage(handle, value, handles));
      }
    }
  }
}
