// What Electron's `process` tells of the process and the system, from /proc. The same file serves main, on
// either engine, and renderers.
'use strict';

const { installUnsupported } = require('electron/unsupported');

/** What neither engine tells. */
const UNSUPPORTED = ['getBlinkMemoryInfo', 'getHeapStatistics', 'getIOCounters', 'takeHeapSnapshot'];

/** Clock ticks a second in /proc, which Linux has fixed for programs. */
const TICKS = 100;

/**
 * The `Name:   123 kB` lines of a file.
 * @param {string} text
 * @returns {Record<string, number>}
 */
function kilobytes(text) {
  /** @type {Record<string, number>} */
  const found = {};
  for (const [, name, value] of text.matchAll(/^(\w+):\s+(\d+) kB$/gm)) found[name] = Number(value);
  return found;
}

/**
 * The numbers of /proc/self/stat from the process's state on; its name before may hold anything.
 * @param {string} stat
 */
const fields = (stat) => stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);

/**
 * Gives a process object Electron's members.
 * @param {any} process
 * @param {(path: string) => string} read reads a file
 */
function installMetrics(process, read) {
  /** Seconds of processor time. */
  const spent = () => {
    const stat = fields(read('/proc/self/stat'));
    return (stat[11] + stat[12]) / TICKS;
  };
  const seconds = () => Number(read('/proc/uptime').split(' ')[0]);
  /** The last answer. @type {{ spent: number, at: number } | undefined} */
  let last;

  Object.assign(process, {
    /** Since the last call; the first has nothing to compare with. */
    getCPUUsage() {
      const now = { spent: spent(), at: seconds() };
      const share = last === undefined || now.at <= last.at ? 0 : (now.spent - last.spent) / (now.at - last.at);
      last = now;
      return { percentCPUUsage: share * 100, cumulativeCPUUsage: now.spent, idleWakeupsPerSecond: 0 };
    },

    /** Milliseconds since the epoch. */
    getCreationTime() {
      const booted = Number(/^btime (\d+)$/m.exec(read('/proc/stat'))?.[1]);
      return (booted + fields(read('/proc/self/stat'))[19] / TICKS) * 1000;
    },

    /** Kilobytes, as all below. */
    getProcessMemoryInfo: async () => {
      const { VmRSS, RssAnon, RssFile, RssShmem } = kilobytes(read('/proc/self/status'));
      return { residentSet: VmRSS, private: RssAnon, shared: RssFile + RssShmem };
    },

    getSystemMemoryInfo() {
      const found = kilobytes(read('/proc/meminfo'));
      return {
        total: found.MemTotal, free: found.MemFree, available: found.MemAvailable, buffers: found.Buffers,
        cached: found.Cached, swapTotal: found.SwapTotal, swapFree: found.SwapFree,
      };
    },

    getSystemVersion: () => read('/proc/sys/kernel/osrelease').trim(),
  });
  installUnsupported(process, 'process', { methods: UNSUPPORTED });
}

module.exports = { installMetrics };
