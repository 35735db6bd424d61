import Measures
import Testing

@Suite struct IntervalTests {
    /// Published values: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
    @Test(
        "quantiles of Student's t agree with the published table",
        arguments: [
            (0.975, 1.0, 12.706), (0.975, 2, 4.303), (0.975, 5, 2.571), (0.975, 10, 2.228), (0.975, 30, 2.042),
            (0.975, 100, 1.984), (0.95, 1, 6.314), (0.95, 7, 1.895), (0.99, 4, 3.747), (0.995, 20, 2.845),
            (0.90, 3, 1.638), (0.999, 9, 4.297),
        ]
    )
    func quantiles(level: Double, degrees: Double, published: Double) {
        #expect(abs(StudentT.quantile(level, degrees: degrees) - published) < 0.0006)
    }

    @Test(arguments: [1.0, 2, 3, 17, 250, 100_000])
    func `the quantile is the inverse of the probability`(degrees: Double) {
        for level in [0.5, 0.6, 0.9, 0.975, 0.999] {
            let t = StudentT.quantile(level, degrees: degrees)
            #expect(abs(StudentT.probability(of: t, degrees: degrees) - level) < 1e-10)
        }
        #expect(
            abs(StudentT.probability(of: -1.5, degrees: degrees) + StudentT.probability(of: 1.5, degrees: degrees) - 1)
                < 1e-12
        )
    }

    @Test func `with one and two degrees of freedom the distribution has a closed form`() {
        // Cauchy: tan(pi (p - 1/2)); two degrees: x (2 / (1 - x^2))^(1/2) with x = 2p - 1.
        #expect(abs(StudentT.quantile(0.75, degrees: 1) - 1) < 1e-10)
        let x = 0.8
        #expect(abs(StudentT.quantile(0.9, degrees: 2) - x * (2 / (1 - x * x)).squareRoot()) < 1e-10)
    }

    /// R: prop.test(x, n, correct = FALSE)$conf.int.
    @Test(
        "Wilson's interval agrees with published values",
        arguments: [
            (8.0, 10.0, 0.4901625, 0.9433178), (0, 10, 0, 0.2775328), (10, 10, 0.7224672, 1),
            (50, 100, 0.4038315, 0.5961685), (1, 1, 0.2065493, 1),
        ]
    )
    func wilson(successes: Double, n: Double, low: Double, high: Double) {
        let interval = MeasureInterval.wilson(successes, of: n)
        #expect(abs(interval.low - low) < 1e-6 && abs(interval.high - high) < 1e-6)
    }

    @Test func `a mean of one number has no interval, and equal numbers have one without width`() {
        #expect(MeasureInterval.student(mean: 5, deviations: 0, n: 1) == nil)
        #expect(MeasureInterval.student(mean: 5, deviations: 0, n: 9) == MeasureInterval(low: 5, high: 5))
    }
}
