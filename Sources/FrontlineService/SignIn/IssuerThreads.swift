import HTTPFetch
import SignIn

/// Asks the issuer with libcurl, which blocks a thread of its own for as long as the issuer takes.
///
/// Nothing is followed and little is read: an answer has ten seconds and a size, and redirects are failures. The issuer is named by the
/// operator and may be in a private network.
final class IssuerThreads: IssuerTransport {
    private let threads = QuietThreads(count: 4, niceness: 0)
    private let options: HTTPFetcher.Options

    init(authorities: String?) {
        var options = HTTPFetcher.Options()
        options.connectTimeout = .seconds(5)
        options.totalTimeout = .seconds(10)
        options.stallTimeout = .seconds(5)
        options.maximumRedirects = 0
        options.allowsPrivateAddresses = true
        options.userAgent = "frontline/\(ProductVersion.text)"
        options.certificateAuthorities = authorities
        self.options = options
    }

    func get(_ address: String, most: Int) async throws(SignInError) -> [UInt8] {
        let fetcher = fetcher(most)
        let result = await threads.run { () -> Result<[UInt8], HTTPFetchError> in
            do throws(HTTPFetchError) { return .success(try fetcher.bytes(from: address).body) } catch {
                return .failure(error)
            }
        }
        do throws(HTTPFetchError) { return try result.get() } catch { throw Self.failure(error) }
    }

    func post(
        _ form: String,
        headers: [String],
        to address: String,
        most: Int
    ) async throws(SignInError) -> (status: Int, body: [UInt8]) {
        let fetcher = fetcher(most)
        let result = await threads.run { () -> Result<(status: Int, body: [UInt8]), HTTPFetchError> in
            do throws(HTTPFetchError) {
                return .success(try fetcher.exchange(Array(form.utf8), headers: headers, with: address))
            } catch {
                return .failure(error)
            }
        }
        do throws(HTTPFetchError) { return try result.get() } catch { throw Self.failure(error) }
    }

    private func fetcher(_ most: Int) -> HTTPFetcher {
        var options = options
        options.maximumBytes = most
        return HTTPFetcher(options: options)
    }

    private static func failure(_ error: HTTPFetchError) -> SignInError {
        switch error.code {
        case .tooLarge, .redirect: SignInError(.issuer, error.message)
        case .status: SignInError((error.status ?? 0) < 500 ? .issuer : .unavailable, error.message)
        case .address, .forbidden, .connect, .tls, .timeout, .transfer, .cancelled, .file:
            SignInError(.unavailable, error.message)
        }
    }
}
