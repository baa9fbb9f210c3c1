import Dispatch
import Glibc
import Synchronization

/// What the threads of a server share; it outlives the server by as much as they do.
final class LoopbackState: Sendable {
    struct Log {
        var requests: [LoopbackRequest] = []
        var connections = 0
    }

    private struct Open {
        var sockets: Set<LoopbackSocket> = []
        var isStopping = false
    }

    let log = Mutex(Log())
    private let open = Mutex(Open())
    private let threads = DispatchGroup()
    private let handler: LoopbackServer.Handler

    init(handler: @escaping LoopbackServer.Handler) {
        self.handler = handler
    }

    func start(_ listener: LoopbackSocket) {
        open.withLock { $0 = Open(sockets: [listener]) }
        spawn {
            while let socket = listener.accepted() { self.serve(socket) }
            self.close(listener)
        }
    }

    func stop() {
        open.withLock { open in
            open.isStopping = true
            for socket in open.sockets { socket.shutDown() }
        }
        threads.wait()
    }

    private func serve(_ socket: LoopbackSocket) {
        let isWelcome = open.withLock { open in
            if open.isStopping { socket.close() } else { open.sockets.insert(socket) }
            return !open.isStopping
        }
        guard isWelcome else { return }
        let number = log.withLock { log in
            log.connections += 1
            return log.connections - 1
        }
        spawn {
            var connection = LoopbackConnection(socket: socket, number: number)
            connection.serve { request in
                self.log.withLock { $0.requests.append(request) }
                return self.handler(request)
            }
            self.close(socket)
        }
    }

    /// Closes under the lock, so that a stop never shuts down a descriptor that already belongs to someone else.
    private func close(_ socket: LoopbackSocket) {
        open.withLock { open in
            open.sockets.remove(socket)
            socket.close()
        }
    }

    /// Runs on a thread of its own: handlers and slow bodies block, and a pool would run out of threads.
    private func spawn(_ body: @escaping @Sendable () -> Void) {
        threads.enter()
        let group = threads
        let isRunning = Self.spawnThread {
            body()
            group.leave()
        }
        if !isRunning { group.leave() }
    }

    /// Runs on a thread of its own; false if the system has none to give.
    @discardableResult
    static func spawnThread(_ body: @escaping @Sendable () -> Void) -> Bool {
        let work = Unmanaged.passRetained(ThreadBody(body))
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, runThreadBody, work.toOpaque())
        guard code == 0 else {
            work.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}

/// A closure on its way to a thread.
private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}

private func runThreadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument { Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run() }
    return nil
}
