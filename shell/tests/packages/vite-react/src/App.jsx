import { lazy, Suspense, useEffect, useState } from 'react'

const Later = lazy(() => import('./Later.jsx'))

export function App () {
  const [count, setCount] = useState(0)
  const [ticks, setTicks] = useState([])
  useEffect(() => window.api.onTick((tick) => setTicks((before) => [...before, tick])), [])
  return (
    <main>
      <button onClick={async () => setCount(await window.api.next(count))}>count {count}</button>
      <ul>{ticks.map((tick) => <li key={tick}>{tick}</li>)}</ul>
      <Suspense fallback={null}><Later /></Suspense>
    </main>
  )
}
