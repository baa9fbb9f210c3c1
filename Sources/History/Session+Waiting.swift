import Clibpq
import Dispatch
import Glibc

extension Session {
    /// How long the server has to answer a statement that it was told to stop.
    private static let grace = Duration.seconds(2)
    /// How long a statement of a cancelled task may go on: most end by themselves, and what they wrote stays written.
    private static let courtesy = Duration.seconds(1)

    /// Waits for a statement's results, and returns the last or the first that failed.
    ///
    /// A server that does not answer in time, or a task that was cancelled, has the statement stopped at the server; if
    /// that does not help either, the connection is given up.
    func result() throws(HistoryError) -> OpaquePointer? {
        var last: OpaquePointer?
        while true {
            do {
                try read(until: { PQisBusy(pointer) == 0 })
            } catch {
                PQclear(last)
                throw error
            }
            guard let next = PQgetResult(pointer) else { return last }
            if let kept = last {
                // Of several failures the first tells most.
                if Session.isFailure(kept) {
                    PQclear(next)
                    continue
                }
                PQclear(kept)
            }
            last = next
            let status = PQresultStatus(next)
            if status == PGRES_COPY_IN || status == PGRES_COPY_OUT { return next }
        }
    }

    /// Sends what libpq has buffered.
    func flush() throws(HistoryError) {
        var pending = PQflush(pointer)
        while pending == 1 {
            try wait(for: Int16(POLLIN | POLLOUT))
            guard PQconsumeInput(pointer) == 1 else { throw .unavailable(lastMessage) }
            pending = PQflush(pointer)
        }
        guard pending == 0 else { throw .unavailable(lastMessage) }
    }

    /// Reads from the server until a condition holds.
    func read(until isDone: () -> Bool) throws(HistoryError) {
        try flush()
        while !isDone() {
            try wait(for: Int16(POLLIN))
            guard PQconsumeInput(pointer) == 1 else { throw .unavailable(lastMessage) }
        }
    }

    /// Starts the time that a statement has.
    func beginStatement() {
        stopAt = .now + patience
        cancelled = nil
    }

    private func wait(for events: Int16) throws(HistoryError) {
        while true {
            var descriptor = pollfd(fd: PQsocket(pointer), events: events, revents: 0)
            guard descriptor.fd >= 0 else { throw .unavailable(lastMessage) }
            // Short, so that a cancelled task is noticed.
            let ready = poll(&descriptor, 1, 50)
            if ready > 0 { return }
            if ready < 0, errno != EINTR { throw .unavailable(String(cString: strerror(errno))) }
            try enforceDeadline()
        }
    }

    private func enforceDeadline() throws(HistoryError) {
        let now = ContinuousClock.now
        if let cancelled {
            guard now < cancelled + Session.grace else {
                abandon()
                throw Task.isCancelled ? .cancelled : .timeout("the server does not answer")
            }
            return
        }
        let isUnwanted = Task.isCancelled && now > stopAt - patience + Session.courtesy
        if isUnwanted || now > stopAt {
            cancelled = now
            stopStatement()
        }
    }

    /// Asks the server to stop the statement, from a thread of its own: a server that hangs would hold this one, or one
    /// of the shared threads that scrapes are answered on.
    private func stopStatement() {
        guard let handle = PQgetCancel(pointer) else { return }
        let address = UInt(bitPattern: handle)
        DispatchQueue(label: "touchline.history.cancel").async {
            guard let handle = OpaquePointer(bitPattern: address) else { return }
            var complaint = [CChar](repeating: 0, count: 256)
            PQcancel(handle, &complaint, Int32(complaint.count))
            PQfreeCancel(handle)
        }
    }

    private static func isFailure(_ result: OpaquePointer) -> Bool {
        switch PQresultStatus(result) {
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR: true
        default: false
        }
    }
}
