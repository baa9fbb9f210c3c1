/// One attempt: the last reply after redirects, and what all of them cost.
struct Exchange: Sendable {
    /// The last reply.
    var reply: TransferReply
    /// The URL that it came from.
    var address: WebAddress
    /// Summed over redirects.
    var timings: FetchTimings
    /// Summed over redirects.
    var receivedBytes: Int

    /// The status if the answer can be used, the failure if not; 304 can be used only if it was asked for.
    func outcome(conditional: Bool) -> Result<Int, FetchError> {
        reply.ending.flatMap { status in
            let isComplete = (200...299).contains(status) && status != 206
            return isComplete || (conditional && status == 304)
                ? .success(status) : .failure(.status(status, url: address.shown))
        }
    }

    func body(status: Int, attempts: Int) -> FetchedBody {
        FetchedBody(
            status: status,
            bytes: reply.body,
            validators: reply.validators,
            contentType: reply.contentType,
            timings: timings,
            receivedBytes: receivedBytes,
            attempts: attempts,
            effectiveURL: address.shown
        )
    }
}

extension Transfers {
    /// Makes one attempt, following redirects.
    ///
    /// Redirects are followed here and not by libcurl, which would send the request's own headers, and so an API
    /// token, to whatever host a redirect names.
    nonisolated func exchange(with start: WebAddress, head: RequestHead, limits: FetchLimits) async -> Exchange {
        var address = start
        var timings = FetchTimings()
        var receivedBytes = 0
        var redirects = 0
        while true {
            var reply = TransferReply(ending: .failure(.forbiddenProtocol(url: address.shown)))
            if limits.allowedProtocols.contains(address.scheme) {
                let plan = TransferPlan(
                    address: address,
                    headers: head.conditions + (address.origin == start.origin ? head.custom : []),
                    body: head.body,
                    sending: head.sending,
                    userAgent: head.userAgent,
                    limits: limits,
                    timeout: limits.totalTimeout - timings.total
                )
                reply = await transfer(plan)
            }
            timings += reply.timings
            receivedBytes += reply.receivedBytes
            if let target = reply.redirectURL, head.body == nil {
                redirects += 1
                do throws(FetchError) {
                    guard redirects <= limits.maximumRedirects else {
                        throw .tooManyRedirects(url: start.shown, limit: limits.maximumRedirects)
                    }
                    address = try WebAddress(target)
                    guard timings.total < limits.totalTimeout else { throw .timeout(url: start.shown) }
                    continue
                } catch {
                    reply = TransferReply(ending: .failure(error))
                }
            }
            return Exchange(reply: reply, address: address, timings: timings, receivedBytes: receivedBytes)
        }
    }
}
