// Tasks of our own. Through a MessageChannel, because timers are throttled in hidden windows.
'use strict';

const {
  EventTargetPrototypeAddEventListener,
  MessageChannel,
  MessageChannelPrototypeGetPort1,
  MessageChannelPrototypeGetPort2,
  MessagePortPrototypePostMessage,
  MessagePortPrototypeStart,
} = primordials;
const { Queue } = require('./lists.js');

/** @returns {(task: () => void) => void} runs a function later, in a task of its own, in order */
module.exports = function createSchedule() {
  const tasks = new Queue();
  const channel = new MessageChannel();
  const inlet = MessageChannelPrototypeGetPort1(channel);
  const outlet = MessageChannelPrototypeGetPort2(channel);
  EventTargetPrototypeAddEventListener(outlet, 'message', () => {
    const task = tasks.shift();
    if (task !== undefined) task();
  });
  MessagePortPrototypeStart(outlet);
  return (task) => {
    tasks.push(task);
    MessagePortPrototypePostMessage(inlet, 0);
  };
};
