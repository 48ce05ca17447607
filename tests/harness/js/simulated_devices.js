/**
 * Simulated devices in place of the computer's own: a test plugs them in and out, and lets other
 * programs use them. The pictures and sounds are those of the browser's fake devices. Has to run
 * before the page does.
 *
 * @typedef {{ kind: MediaDeviceKind, deviceId: string, label: string, groupId: string }} Device
 */
// Not in the empty page that every tab begins with.
if ('mediaDevices' in navigator) {
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  /** @type {Device[]} */
  let plugged = [
    { kind: 'videoinput', deviceId: 'front', label: 'Front camera', groupId: '1' },
    { kind: 'audioinput', deviceId: 'desk', label: 'Desk microphone', groupId: '2' },
    { kind: 'audiooutput', deviceId: 'headphones', label: 'Headphones', groupId: '3' },
  ];
  /** @type {Set<string>} */
  const busy = new Set();
  /** Every track that was opened, in order. @type {{ deviceId: string, track: MediaStreamTrack }[]} */
  const opened = [];

  const changed = () => devices.dispatchEvent(new Event('devicechange'));
  devices.enumerateDevices = async () => {
    const preferred = plugged.find(({ kind }) => kind === 'audioinput');
    // Chromium lists the microphone that the system prefers a second time.
    const alias = preferred && {
      ...preferred,
      deviceId: 'default',
      label: `Default - ${preferred.label}`,
    };
    const listed = alias ? [alias, ...plugged] : plugged;
    return listed.map((device) => ({ ...device, toJSON: () => device }));
  };

  devices.getUserMedia = async (constraints = {}) => {
    const kind = constraints.video ? 'videoinput' : 'audioinput';
    const asked = constraints.video || constraints.audio;
    const ofKind = plugged.filter((device) => device.kind === kind);
    if (ofKind.length === 0) throw new DOMException('Requested device not found', 'NotFoundError');
    const { deviceId: id, ...rest } = typeof asked === 'object' ? asked : {};
    const exact = typeof id === 'object' && 'exact' in id ? id.exact : undefined;
    const device = ofKind.find(({ deviceId }) => exact === undefined || deviceId === exact);
    if (!device) throw new OverconstrainedError('deviceId');
    const { deviceId, groupId, label } = device;
    if (busy.has(deviceId)) throw new DOMException('Could not start source', 'NotReadableError');
    const stream = await open(kind === 'videoinput' ? { video: rest } : { audio: rest });
    const [track] = stream.getTracks();
    if (!track) throw new Error('a stream without a track');
    const aliased = kind === 'audioinput' && exact === undefined;
    const settings = { ...track.getSettings(), groupId, deviceId: aliased ? 'default' : deviceId };
    track.getSettings = () => settings;
    Object.defineProperty(track, 'label', { value: label });
    opened.push({ deviceId, track });
    return stream;
  };

  Object.assign(globalThis, {
    simulated: {
      opened,
      /** @param {Device} device */
      plug(device) {
        plugged.push(device);
        changed();
      },
      /** Its tracks end, as those of a real device do. @param {string} deviceId */
      unplug(deviceId) {
        plugged = plugged.filter((device) => device.deviceId !== deviceId);
        for (const { track } of opened.filter((one) => one.deviceId === deviceId)) {
          if (track.readyState === 'ended') continue;
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
        changed();
      },
      /** Another program takes it, or gives it back. @param {string} deviceId @param {boolean} taken */
      occupy(deviceId, taken) {
        if (taken) busy.add(deviceId);
        else busy.delete(deviceId);
      },
      /** The system holds a device back, or releases it. @param {string} deviceId @param {'mute' | 'unmute'} type */
      hold(deviceId, type) {
        opened.findLast((one) => one.deviceId === deviceId)?.track.dispatchEvent(new Event(type));
      },
    },
  });
}
