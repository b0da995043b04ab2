import Testing

@testable import ModelFormats

/// Which texts of types, as JLD writes and evaluates them, are Julia's own.
@Suite struct JuliaTypesTests {
    @Test(arguments: [
        "Array{Float32,2}", "Dict{String,Any}", "NamedTuple{(:a,:b_2),Tuple{Float32,Int64}}", "Core.Array{Base.Dict,1}",
    ])
    func isOwn(_ type: String) { #expect(JuliaTypes.isOwn(type)) }

    @Test(arguments: [
        "Array{:a;:run(:b)}", "Array{:run(:b)}", "Array{Float32(:b)}", "Array{:}", "Array{Union{Main.Evil}}",
        "Array{:`id`}", "Flux.Chain",
    ])
    func isNotOwn(_ type: String) { #expect(!JuliaTypes.isOwn(type)) }
}
