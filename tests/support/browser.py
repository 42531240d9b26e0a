"""Debian's chromium without a window, driven over a pipe (DevTools protocol).

    with Browser() as browser:
        page = browser.open('report.html', width=360, height=800, dark=True)
        page.click('#by-bytes')
        page.evaluate('document.title')
        page.check()

check() raises if the page said something on its console, threw, broke its
own Content-Security-Policy or asked for anything but itself.
"""
import base64
import fcntl
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time
import unittest

from support.patience import limit

ANSWER_LIMIT = 50  # seconds
MESSAGE_MAX = 64 * 1024 * 1024


class Browser:
    """A process of chromium; a context manager."""

    def __init__(self):
        self.binary = shutil.which('chromium')
        if not self.binary:
            raise unittest.SkipTest('chromium is not installed')
        self.number = 0
        self.held = b''
        self.events = []

    def __enter__(self):
        self.home = tempfile.TemporaryDirectory(
            prefix='edgediff-browser.', ignore_cleanup_errors=True)
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        # the ends that chromium wants as 3 and 4, out of their way first
        high = [fcntl.fcntl(fd, fcntl.F_DUPFD, 20)
                for fd in (theirs_in, theirs_out)]

        def place():
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        options = ['--headless=new', '--remote-debugging-pipe',
                   '--disable-gpu', '--disable-dev-shm-usage',
                   '--no-first-run', '--disable-extensions',
                   '--disable-background-networking', '--disable-sync',
                   '--hide-scrollbars', '--lang=en',
                   f'--user-data-dir={self.home.name}']
        if os.getuid() == 0:
            options.append('--no-sandbox')
        # pylint: disable=subprocess-popen-preexec-fn
        self.process = subprocess.Popen(
            [self.binary, *options, 'about:blank'], preexec_fn=place,
            pass_fds=(3, 4), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, 'HOME': self.home.name})
        for fd in (*high, theirs_in, theirs_out):
            os.close(fd)
        self.reads, self.writes = ours_in, ours_out
        return self

    def __exit__(self, *_):
        os.close(self.writes)  # which ends it
        try:
            self.process.wait(limit(10))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.reads)
        self.home.cleanup()

    def receive(self, deadline):
        while b'\0' not in self.held:
            ready, _, _ = select.select([self.reads], [], [],
                                        max(0, deadline - time.monotonic()))
            got = os.read(self.reads, 1 << 16) if ready else b''
            if not got or len(self.held) > MESSAGE_MAX:
                raise AssertionError('chromium gave no answer')
            self.held += got
        message, _, self.held = self.held.partition(b'\0')
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {'id': self.number, 'method': method, 'params': parameters}
        if session:
            message['sessionId'] = session
        left = json.dumps(message).encode() + b'\0'
        while left:
            left = left[os.write(self.writes, left):]
        deadline = time.monotonic() + limit(ANSWER_LIMIT)
        while True:
            answer = self.receive(deadline)
            if answer.get('id') == self.number:
                break
            if 'method' in answer:
                self.events.append(answer)
        if 'error' in answer:
            raise AssertionError(f'{method}: {answer["error"]}')
        return answer['result']

    def open(self, path, **how):
        return Page(self, path, **how)


class Page:
    def __init__(self, browser, path, width=1280, height=900, dark=False,
                 scale=1):
        self.browser = browser
        self.url = pathlib.Path(path).resolve().as_uri()
        target = browser.call('Target.createTarget', url='about:blank')
        self.session = browser.call(
            'Target.attachToTarget', targetId=target['targetId'],
            flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Log', 'Network', 'Performance'):
            self.call(f'{domain}.enable')
        self.call('Emulation.setDeviceMetricsOverride', width=width,
                  height=height, deviceScaleFactor=scale, mobile=width < 600)
        self.call('Emulation.setEmulatedMedia', features=[
            {'name': 'prefers-color-scheme',
             'value': 'dark' if dark else 'light'}])
        self.call('Page.navigate', url=self.url)
        self.wait('document.readyState === "complete" && '
                  'location.href !== "about:blank"')

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def evaluate(self, expression):
        got = self.call('Runtime.evaluate', expression=expression,
                        returnByValue=True, awaitPromise=True)
        if 'exceptionDetails' in got:
            raise AssertionError(f'{expression}: {got["exceptionDetails"]}')
        return got['result'].get('value')

    def busy(self):
        """Seconds that a processor has worked for the page: its scripts, its
        layout. How busy the machine is besides hardly matters."""
        metrics = self.call('Performance.getMetrics')['metrics']
        return next(metric['value'] for metric in metrics
                    if metric['name'] == 'ThreadTime')

    def wait(self, expression, seconds=20):
        deadline = time.monotonic() + limit(seconds)
        while not self.evaluate(expression):
            assert time.monotonic() < deadline, f'never true: {expression}'
            time.sleep(0.02)

    def where(self, selector, n=0):
        """The middle of an element, scrolled into sight."""
        place = self.evaluate(
            f'(() => {{ const e = document.querySelectorAll('
            f'{json.dumps(selector)})[{n}]; if (!e) return null;'
            'e.scrollIntoView({block: "center"});'
            'const b = e.getBoundingClientRect();'
            'return [b.x + b.width / 2, b.y + b.height / 2]; })()')
        assert place, f'no {selector}'
        return place

    def mouse(self, kind, x, y, **more):
        self.call('Input.dispatchMouseEvent', type=kind, x=x, y=y, **more)

    def click(self, selector, n=0):
        """By the mouse, so that what lies on top gets it."""
        x, y = self.where(selector, n)
        self.mouse('mouseMoved', x, y)
        for kind in ('mousePressed', 'mouseReleased'):
            self.mouse(kind, x, y, button='left', clickCount=1)

    def type(self, text):
        self.call('Input.insertText', text=text)

    def press(self, key, code):
        for kind in ('keyDown', 'keyUp'):
            more = {'text': '\r'} if key == 'Enter' and kind == 'keyDown' \
                else {}
            self.call('Input.dispatchKeyEvent', type=kind, key=key, code=key,
                      windowsVirtualKeyCode=code, **more)

    def text(self, selector):
        return self.evaluate(
            f'document.querySelector({json.dumps(selector)}).innerText')

    def texts(self, selector):
        return self.evaluate(
            f'[...document.querySelectorAll({json.dumps(selector)})]'
            '.map((e) => e.innerText)')

    def screenshot(self, path, whole=False):
        got = self.call('Page.captureScreenshot', format='png',
                        captureBeyondViewport=whole)
        pathlib.Path(path).write_bytes(base64.b64decode(got['data']))

    def check(self):
        self.evaluate('new Promise((done) => setTimeout(done, 50))')
        wrong = []
        for event in self.browser.events:
            method, what = event['method'], event['params']
            if event.get('sessionId') != self.session:
                continue
            if method in ('Runtime.exceptionThrown', 'Log.entryAdded',
                          'Runtime.consoleAPICalled'):
                wrong.append(what)
            if method == 'Network.requestWillBeSent' and \
                    what['request']['url'] != self.url and \
                    not what['request']['url'].startswith('data:'):
                wrong.append(what['request']['url'])
        assert not wrong, wrong
