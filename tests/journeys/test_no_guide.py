"""At a desk of one's own there is no guide."""

from care_console.demo.guide import GuideLine


async def test_the_guide_never_appears_outside_the_demonstration(act, desk):
    await desk.ring("020 7946 0123")

    desk.window.registry.refresh()
    titles = [each.text for each in desk.window.registry.find("")]
    assert not desk.window.findChildren(GuideLine)
    assert not any("guide" in each.lower() or "Demonstration" in each for each in titles)
