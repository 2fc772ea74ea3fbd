export default function Later () {
  return <p id="later">loaded when it was needed</p>
}
