import Clibcurl
import Synchronization

/// Runs transfers over shared connections, on a thread of their own and only while there are any.
///
/// Whoever holds the actor drives the transfers of all, and passes it on as soon as somebody else has something to do:
/// a transfer of theirs ended, or they have just come to begin one.
actor Transfers {
    private let executor = BlockingExecutor(label: "touchline.fetch")
    private let multi = MultiHandle()
    private let arrivals = Atomic<Int>(0)
    private var active: [UnsafeMutableRawPointer: Transfer] = [:]

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Carries out one request; cancelling the task ends it at once.
    nonisolated func transfer(_ plan: TransferPlan) async -> TransferReply {
        let cancellation = Cancellation()
        return await withTaskCancellationHandler {
            arrivals.wrappingAdd(1, ordering: .relaxed)
            multi.wake()
            return await run(plan, cancellation)
        } onCancel: {
            cancellation.request()
            multi.wake()
        }
    }

    private func run(_ plan: TransferPlan, _ cancellation: Cancellation) async -> TransferReply {
        arrivals.wrappingSubtract(1, ordering: .relaxed)
        guard !cancellation.isRequested else {
            return TransferReply(ending: .failure(.cancelled(url: plan.address.shown)))
        }
        guard let multi = multi.pointer, let transfer = Transfer(plan, cancellation),
            curl_multi_add_handle(multi, transfer.easy) == CURLM_OK
        else {
            let failed = FetchError.other(
                url: plan.address.shown, code: Int(CURLE_FAILED_INIT.rawValue), message: "libcurl gave no handle")
            return TransferReply(ending: .failure(failed))
        }
        active[transfer.easy] = transfer
        while true {
            drive(multi)
            if transfer.result != nil { break }
            await Task.yield()
        }
        active[transfer.easy] = nil
        return transfer.reply()
    }

    /// Moves all transfers on until one has ended or somebody has arrived.
    private func drive(_ multi: UnsafeMutableRawPointer) {
        while true {
            var running: Int32 = 0
            var code = curl_multi_perform(multi, &running)
            while let easy = nextFinished(multi) { finish(easy.handle, easy.result, multi) }
            for (easy, transfer) in active where transfer.isCancelled {
                finish(easy, CURLE_ABORTED_BY_CALLBACK, multi)
            }
            if active.values.contains(where: { $0.result != nil }) || arrivals.load(ordering: .relaxed) > 0 { return }
            if code == CURLM_OK { code = curl_multi_poll(multi, nil, 0, 1000, nil) }
            if code != CURLM_OK {
                for easy in active.keys { finish(easy, CURLE_FAILED_INIT, multi) }
            }
        }
    }

    private func nextFinished(_ multi: UnsafeMutableRawPointer) -> (handle: UnsafeMutableRawPointer, result: CURLcode)?
    {
        let finished = ccurl_next_finished(multi)
        return finished.easy.map { ($0, finished.result) }
    }

    private func finish(_ easy: UnsafeMutableRawPointer, _ result: CURLcode, _ multi: UnsafeMutableRawPointer) {
        guard let transfer = active[easy], transfer.result == nil else { return }
        transfer.result = result
        curl_multi_remove_handle(multi, easy)
    }
}
