// Only under contextIsolation: what a call over the bridge costs.
window.bridge?.onTask(() => {
  const rounds = 300000
  for (let i = 0; i < 20000; i++) window.bridge.add(i, 1)
  const start = performance.now()
  for (let i = 0; i < rounds; i++) window.bridge.add(i, 1)
  const cost = (performance.now() - start) / rounds * 1000
  window.bridge.done({ p50: cost, p99: cost })
})
